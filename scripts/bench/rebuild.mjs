import { join } from 'node:path';
import Database from 'libsql';
import { watchedLog } from '../../dist/libs/continuity/src/index.js';
import { openSqliteDocumentStore } from '../../dist/libs/document-store/src/sqlite/index.js';
import { systemClock } from '../../dist/libs/kernel/src/index.js';
import { Progress, ProjectionAdmin, ProjectionEngine } from '../../dist/libs/projecting/src/index.js';
import { eventCatalog, projections } from '../../dist/libs/running/src/contracts.js';
import { inFolder, now, pairsOf, rate, rowOf } from './measuring.mjs';
import { logOf } from './story.mjs';

/** All projections from a log, beside a raw scan, parse and fold of the same file. */
export const rebuildRows = () => inFolder(rebuild);

async function rebuild(folder) {
  const count = 100_000;
  const eventStore = await logOf(folder, 'rebuild.db', 1_000, 100);
  const pairs = await pairsOf(
    (turn) => rebuildOnce(eventStore, join(folder, `documents-${turn}.db`), count),
    () => rawScan(join(folder, 'rebuild.db'), count),
  );
  await eventStore.close();
  const against = 'scan, parse and fold';
  return [rowOf({ work: 'all projections from 100,000 events', unit: 'events/s', against, least: 0.6 }, pairs)];
}

function rawScan(file, count) {
  const raw = new Database(file);
  const from = now();
  const counts = new Map();
  for (const { data, metadata, stream } of raw.prepare('SELECT * FROM events ORDER BY position').all()) {
    const { level } = JSON.parse(data);
    const { effectiveOn } = JSON.parse(metadata);
    counts.set(stream, { level, effectiveOn, count: (counts.get(stream)?.count ?? 0) + 1 });
  }
  const perSecond = rate(count, from);
  raw.close();
  return perSecond;
}

async function rebuildOnce(eventStore, file, count) {
  const documentStore = openSqliteDocumentStore(file);
  const catalog = eventCatalog();
  const progress = new Progress();
  const quiet = { info() {}, warn() {}, error: (fields, message) => console.error(message, fields) };
  const { watch } = watchedLog(eventStore, documentStore);
  const engine = new ProjectionEngine({
    log: watch,
    eventStore,
    documentStore,
    catalog,
    projections,
    clock: systemClock,
    logger: quiet,
    progress,
  });
  const admin = new ProjectionAdmin(eventStore, documentStore, catalog, projections, systemClock, progress, watch);
  const from = now();
  engine.start();
  while ((await admin.status()).some(({ state }) => state !== 'current')) await progress.next(5);
  const perSecond = rate(count, from);
  await engine.stop();
  await watch.stop();
  await documentStore.close();
  return perSecond;
}
