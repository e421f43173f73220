import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { startMongoWire } from '../../../../../test/support/mongo-wire.mjs';
import type { MongoWire } from '../../../../../test/support/mongo-wire.mjs';

/** The MongoDB that `MONGODB_URL` names. Without it, a server stands in for it. */
const named = process.env['MONGODB_URL'];

/** Which server is asked: what a run says of itself. */
export const serverName = named ? 'MongoDB at MONGODB_URL' : "a stand-in that speaks MongoDB's wire protocol";

/** A server with as many databases as tests want of their own. */
export class MongoUnderTest {
  private constructor(
    private readonly url: string,
    private readonly wire?: MongoWire,
    private readonly folder?: string,
  ) {}

  static async start(): Promise<MongoUnderTest> {
    if (named) return new MongoUnderTest(named);
    const folder = await mkdtemp(join(tmpdir(), 'sparbar-mongo-'));
    const wire = await startMongoWire({ file: join(folder, 'documents.db') });
    return new MongoUnderTest(wire.url, wire, folder);
  }

  /** The URL of a database that nobody else has. */
  newDatabase(): string {
    return withDatabase(this.url, `sparbar-test-${randomUUID()}`);
  }

  async dropDatabase(url: string): Promise<void> {
    await withClient(url, (client) => client.db().dropDatabase());
  }

  async stop(): Promise<void> {
    await this.wire?.stop();
    if (this.folder) await rm(this.folder, { recursive: true });
  }
}

/** What MongoDB itself says, past the store. */
export async function withClient<Answer>(url: string, work: (client: MongoClient) => Promise<Answer>): Promise<Answer> {
  const client = new MongoClient(url);
  try {
    return await work(client);
  } finally {
    await client.close();
  }
}

function withDatabase(url: string, database: string): string {
  const [, servers, options = ''] = /^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?(\?.*)?$/.exec(url)!;
  return `${servers}/${database}${options}`;
}
