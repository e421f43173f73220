import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { DoubleProcess } from './kurrentdb-double/double-process.js';
import { startMongoWire } from './mongo-wire.mjs';
import { startRedis } from './redis.mjs';
import type { Places } from './running-system.js';

export interface Servers {
  readonly places: Required<Pick<Places, 'eventStoreUrl' | 'documentStoreUrl' | 'jobsUrl'>>;
  stop(): Promise<void>;
}

/**
 * The servers that a system may stand on: those that `KURRENTDB_URL`, `MONGODB_URL` and `REDIS_URL` name, which must
 * hold nothing yet; for one that is not named, a stand-in of its own that keeps its data in the folder.
 */
export async function startServers(folder: string): Promise<Servers> {
  const { KURRENTDB_URL: kurrentdb, MONGODB_URL: mongodb, REDIS_URL: redis } = process.env;
  const stops: (() => Promise<void>)[] = [];
  const stop = async () => {
    for (const end of stops.reverse()) await end();
  };
  const orOwn = async (named: string | undefined, start: () => Promise<{ url: string; stop: () => Promise<void> }>) => {
    if (named) return named;
    const own = await start();
    stops.push(own.stop);
    return own.url;
  };
  try {
    const eventStoreUrl = await orOwn(kurrentdb, async () => {
      const double = await DoubleProcess.start(join(folder, 'kurrentdb.log'));
      return { url: double.url, stop: () => double.kill() };
    });
    const mongo = await orOwn(mongodb, () => startMongoWire({ file: join(folder, 'mongodb.db') }));
    const jobsUrl = await orOwn(redis, () => startRedis({ folder }));
    const documentStoreUrl = inDatabase(mongo, `sparbar-${randomUUID().slice(0, 8)}`);
    return { places: { eventStoreUrl, documentStoreUrl, jobsUrl }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A database of its own on the servers that a URL names. */
function inDatabase(url: string, database: string): string {
  const [, servers, options = ''] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(url)!;
  return `${servers}/${database}${options}`;
}
