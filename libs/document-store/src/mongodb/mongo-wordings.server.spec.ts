import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { MongoDouble } from '../../../../test/support/mongo-double.js';
import type { Command } from '../../../../test/support/mongo-double.js';
import { startMongoWire } from '../../../../test/support/mongo-wire.mjs';
import type { MongoWire } from '../../../../test/support/mongo-wire.mjs';
import { describeDocumentStore } from '../testing/index.js';
import { openMongoDocumentStore } from './index.js';
import { withClient } from './testing/mongo-under-test.js';

const duplicateKey = 11_000;

let folder: string;
let server: MongoWire;
let double: MongoDouble;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sparbar-mongo-'));
  server = await startMongoWire({ file: join(folder, 'documents.db') });
  double = await MongoDouble.start({ behind: server.port, rewords: asDocumentDb });
}, 120_000);
afterAll(async () => {
  await double?.stop();
  await server?.stop();
  await rm(folder, { recursive: true });
});

/** Every document that is there already is told as DocumentDB tells it: in other words, and without its fields. */
function asDocumentDb(answer: Command): object {
  if (!Array.isArray(answer['writeErrors'])) return answer;
  const errmsg = "Duplicate key violation on the requested collection: Index '_id_'";
  const writeErrors = answer['writeErrors'].map((error: Command) =>
    Number(error['code']) === duplicateKey ? { index: error['index'], code: error['code'], errmsg } : error,
  );
  return { ...answer, writeErrors };
}

describeDocumentStore('a stand-in for MongoDB whose refusals are worded as those of DocumentDB', async () => {
  const url = `${double.url}/sparbar-test-${randomUUID()}`;
  return {
    store: openMongoDocumentStore(url),
    openAgain: async () => openMongoDocumentStore(url),
    remove: () => withClient(url, async (client) => void (await client.db().dropDatabase())),
  };
});
