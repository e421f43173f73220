import { afterAll, beforeAll } from '@jest/globals';
import { describeDocumentStore } from '../testing/index.js';
import { openMongoDocumentStore } from './index.js';
import { MongoUnderTest, serverName } from './testing/mongo-under-test.js';

let server: MongoUnderTest;

beforeAll(async () => {
  server = await MongoUnderTest.start();
}, 120_000);
afterAll(() => server.stop());

describeDocumentStore(serverName, async () => {
  const url = server.newDatabase();
  return {
    store: openMongoDocumentStore(url),
    openAgain: async () => openMongoDocumentStore(url),
    remove: () => server.dropDatabase(url),
  };
});
