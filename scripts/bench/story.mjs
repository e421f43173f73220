import { join } from 'node:path';
import Database from 'libsql';
import { openSqliteEventStore } from '../../dist/libs/event-store/src/sqlite/index.js';
import { idOf, newId, streamName } from '../../dist/libs/kernel/src/index.js';
import { actor } from './measuring.mjs';

const planId = idOf('bench', 'plan');
const scale = { scaleId: idOf('bench', 'scale'), version: 1 };

/** One event of an item's story: its adoption at first, then assessments over a year. */
export function tellingOf(tenant, item, itemId, turn) {
  const id = newId();
  const metadata = {
    tenant,
    schema: 1,
    recordedAt: `2025-12-31T12:00:00.${String(turn % 1000).padStart(3, '0')}Z`,
    effectiveOn: turn === 0 ? '2025-01-01' : `2025-${String(1 + (turn % 12)).padStart(2, '0')}-15`,
    actor,
    commandId: id,
    commandDigest: '0',
    correlationId: id,
    causationId: id,
  };
  const subject = { itemId, planId };
  if (turn === 0) return { id, type: 'ItemAdopted', data: { ...subject, ...adoptionOf(item) }, metadata };
  return { id, type: 'ItemAssessed', data: { ...subject, ...assessmentOf(id, turn) }, metadata };
}

const adoptionOf = (item) => ({
  kind: 'uppdrag',
  number: String(item),
  title: `Uppdrag nummer ${item}`,
  parents: [],
  responsible: [],
  documents: [],
  expectedEffects: [],
});

const assessmentOf = (assessmentId, turn) => ({
  assessmentId,
  roundId: idOf('bench', 'round'),
  bodyId: idOf('bench', 'body'),
  capacity: 'owner',
  scale,
  level: turn % 2 ? 'on-track' : 'delayed',
  motivation: `Arbetet går ${turn % 2 ? 'enligt plan' : 'långsammare än planerat'} (${turn})`,
  evidence: [],
});

/** Items with a story of so many events each, turn by turn, so that streams lie mixed in the log. */
function* storyOf(items, each) {
  for (let turn = 0; turn < each; turn++) {
    for (let item = 0; item < items; item++) {
      yield eventOfItem(item, turn);
    }
  }
}

/** The nth event of an item. */
export function eventOfItem(item, revision) {
  const itemId = idOf('bench', String(item));
  const stream = streamName('uppsala', 'item', itemId);
  return { stream, revision, ...tellingOf('uppsala', item, itemId, revision) };
}

/** A log of that story in a file. */
export const logOf = (folder, name, items, each) => logFrom(folder, name, storyOf(items, each));

/** A log of events in a file, straight into its table. */
export async function logFrom(folder, name, events) {
  const file = join(folder, name);
  await openSqliteEventStore(file).close();
  insertInto(file, events);
  return openSqliteEventStore(file);
}

/** Records events straight into the table of a log, all at once. */
export function insertInto(file, events) {
  const database = new Database(file);
  database.pragma('synchronous = OFF');
  const insert = database.prepare(
    'INSERT INTO events (stream, revision, id, type, tenant, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  database.exec('BEGIN IMMEDIATE');
  for (const { data, id, metadata, revision, stream, type } of events) {
    insert.run(stream, revision, id, type, metadata.tenant, JSON.stringify(data), JSON.stringify(metadata));
  }
  database.exec('COMMIT');
  database.close();
}
