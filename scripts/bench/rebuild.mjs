import { join } from 'node:path';
import Database from 'libsql';
import { openSqliteDocumentStore } from '#document-store/sqlite';
import { systemClock } from '#kernel';
import { Progress, ProjectionAdmin, ProjectionEngine } from '#projecting';
import { eventCatalog, projections } from '../../dist/apps/composition/src/contracts.js';
import { inFolder, now, rate } from './measuring.mjs';
import { logOf } from './story.mjs';

/** All projections from a log, beside a raw scan, parse and fold of the same file. */
export const rebuildRows = () => inFolder(rebuild);

async function rebuild(folder) {
  const catalog = eventCatalog();
  const count = 100_000;
  const eventStore = await logOf(folder, 'rebuild.db', 1_000, 100);
  const raw = new Database(join(folder, 'rebuild.db'));
  const scan = now();
  const counts = new Map();
  for (const { data, metadata, stream } of raw.prepare('SELECT * FROM events ORDER BY position').all()) {
    const { level } = JSON.parse(data);
    const { effectiveOn } = JSON.parse(metadata);
    counts.set(stream, { level, effectiveOn, count: (counts.get(stream)?.count ?? 0) + 1 });
  }
  const rawRate = rate(count, scan);
  raw.close();
  const documentStore = openSqliteDocumentStore(join(folder, 'rebuild-documents.db'));
  const progress = new Progress();
  const quiet = { info() {}, warn() {}, error: (fields, message) => console.error(message, fields) };
  const engine = new ProjectionEngine({
    eventStore,
    documentStore,
    catalog,
    projections,
    clock: systemClock,
    logger: quiet,
    progress,
  });
  const admin = new ProjectionAdmin(eventStore, documentStore, catalog, projections, systemClock, progress);
  const from = now();
  engine.start();
  while ((await admin.status()).some(({ state }) => state !== 'current')) await progress.next(5);
  const ourRate = rate(count, from);
  await engine.stop();
  await eventStore.close();
  await documentStore.close();
  const ratio = ourRate / rawRate;
  return [
    {
      work: 'all projections from 100,000 events',
      measured: `${Math.round(ourRate)} events/s, ${ratio.toFixed(2)} of raw (${Math.round(rawRate)}/s)`,
      reach: '≥ 0.4',
      held: ratio >= 0.4,
    },
  ];
}
