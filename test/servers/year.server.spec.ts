import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AYear, yearsIssues } from '../support/a-year.js';
import type { MadeSnapshot } from '../support/a-year.js';
import { startServers } from '../support/servers.js';
import type { Servers } from '../support/servers.js';

const names = ['KURRENTDB_URL', 'MONGODB_URL', 'REDIS_URL'] as const;
const [kurrentdb, mongodb, redis] = names.map((name) => Boolean(process.env[name]));
const title = [
  kurrentdb ? 'the KurrentDB of KURRENTDB_URL' : 'a double of KurrentDB',
  mongodb ? 'the MongoDB of MONGODB_URL' : "a server of MongoDB's wire protocol",
  redis ? 'the Redis of REDIS_URL' : 'a Redis of its own',
].join(', ');

describe(`The same year on embedded stores and on ${title}`, () => {
  let folder: string;
  let servers: Servers;
  let onServers: AYear;
  const made: { embedded: MadeSnapshot[]; onServers: MadeSnapshot[] } = { embedded: [], onServers: [] };

  async function lived(year: AYear): Promise<MadeSnapshot[]> {
    await year.live();
    const snapshots: MadeSnapshot[] = [];
    for (const [round, issue] of yearsIssues) snapshots.push(await year.made(round, issue));
    return snapshots;
  }

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-year-'));
    servers = await startServers(folder);
    onServers = await AYear.begin(servers.places);
    made.onServers = await lived(onServers);
    const embedded = await AYear.begin();
    made.embedded = await lived(embedded).finally(() => embedded.end());
  }, 180_000);
  afterAll(async () => {
    await onServers?.end();
    await servers?.stop();
    await rm(folder, { recursive: true });
  });

  it.each(yearsIssues.map(([round, issue], index) => [round, issue, index] as const))(
    'has the very same snapshot of %s, issue %i, byte for byte',
    (_round, _issue, index) => {
      const [embedded, other] = [made.embedded[index]!, made.onServers[index]!];
      // Told first, because it says where the bytes part.
      expect(JSON.parse(other.bytes.toString())).toEqual(JSON.parse(embedded.bytes.toString()));
      expect(other.bytes.equals(embedded.bytes)).toBe(true);
      expect(other.sha256).toBe(embedded.sha256);
      expect(createHash('sha256').update(other.bytes).digest('hex')).toBe(other.sha256);
      expect(other.snapshotId).toBe(embedded.snapshotId);
    },
  );

  it('says different things in different issues', () => {
    expect(new Set(made.embedded.map(({ sha256 }) => sha256)).size).toBe(yearsIssues.length);
  });

  it('has snapshots that the log on the servers agrees with', async () => {
    for (const { sha256, snapshotId } of made.onServers) {
      const found = await onServers.get(`snapshots/${snapshotId}/verification`);
      expect(found).toMatchObject({ verdict: 'same', folded: sha256, kept: sha256, recorded: sha256 });
    }
  });

  it('has reminded once', () => {
    expect(onServers.reminded.taken.map(({ message }) => message.type)).toEqual(['round.reminded']);
  });
});
