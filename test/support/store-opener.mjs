// Opens the embedded stores of each folder that a line of its input names, writes to them for the first time, closes them,
// and answers with a line: `opened`, or what went wrong.
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const built = (adapter) => import(new URL(`../../dist/libs/${adapter}/index.js`, import.meta.url).href);
const { openSqliteDocumentStore } = await built('document-store/src/sqlite');
const { openSqliteEventStore } = await built('event-store/src/sqlite');
const { openInProcessJobs } = await built('jobs/src/in-process');
const own = String(process.pid);
const lines = createInterface({ input: process.stdin });
lines.on('line', async (folder) => {
  let answer = 'opened';
  try {
    await openAll(folder);
  } catch (error) {
    answer = `${error.message}: ${error.cause?.message ?? ''}`.replaceAll('\n', ' ');
  }
  process.stdout.write(`${answer}\n`);
});
process.stdout.write('started\n');
await once(lines, 'close');

async function openAll(folder) {
  const documents = openSqliteDocumentStore(join(folder, 'documents.db'));
  const log = openSqliteEventStore(join(folder, 'events.db'));
  const jobs = openInProcessJobs(join(folder, 'jobs.db'));
  await documents.ensureIndexes('things', [{ fields: ['plan'] }, { fields: ['sortKey'] }]);
  await documents.replaceMany('things', [{ document: { _id: own, plan: 'p' }, position: '1' }]);
  await documents.compareAndSet('points', { _id: own, version: 1 }, undefined);
  const actor = { id: own, role: 'administrator' };
  const when = { recordedAt: '2026-11-29T09:00:00.000Z', effectiveOn: '2026-11-29' };
  const metadata = { tenant: 'uppsala', schema: 1, ...when, actor, commandId: own };
  await log.append(`uppsala.a-${own}`, [{ id: own, type: 'Opened', data: {}, metadata }], 'no-stream');
  await jobs.enqueue({ name: 'count', key: own, data: {} });
  await Promise.all([documents.close(), log.close(), jobs.close()]);
}
