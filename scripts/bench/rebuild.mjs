import { join } from 'node:path';
import Database from 'libsql';
import { openSqliteDocumentStore } from '../../dist/libs/document-store/src/sqlite/index.js';
import { inFolder, now, pairsOf, rate, rowOf } from './measuring.mjs';
import { projectorOn } from './projector.mjs';
import { logOf } from './story.mjs';

/** All projections from a log, beside a raw scan, parse and fold of the same file. */
export const rebuildRows = () => inFolder(rebuild);

async function rebuild(folder) {
  const [items, each] = [400, 50];
  const count = items * each;
  const eventStore = await logOf(folder, 'rebuild.db', items, each);
  const pairs = await pairsOf(
    (turn) => rebuildOnce(eventStore, join(folder, `documents-${turn}.db`), count),
    () => rawScan(join(folder, 'rebuild.db'), count),
  );
  await eventStore.close();
  const against = 'scan, parse and fold';
  return [
    rowOf(
      { work: `all projections from ${count.toLocaleString('en')} events`, unit: 'events/s', against, least: 0.6 },
      pairs,
    ),
  ];
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
  const from = now();
  const projector = projectorOn(eventStore, documentStore);
  await projector.caughtUp();
  const perSecond = rate(count, from);
  await projector.stop();
  await documentStore.close();
  return perSecond;
}
