import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeDocumentStore } from '../testing/index.js';
import { openSqliteDocumentStore } from './index.js';

describeDocumentStore('SQLite', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sparbar-documents-'));
  const file = join(folder, 'documents.db');
  return {
    store: openSqliteDocumentStore(file),
    openAgain: async () => openSqliteDocumentStore(file),
    remove: () => rm(folder, { recursive: true }),
  };
});
