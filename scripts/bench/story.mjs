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
      const itemId = idOf('bench', String(item));
      const stream = streamName('uppsala', 'item', itemId);
      yield { stream, revision: turn, ...tellingOf('uppsala', item, itemId, turn) };
    }
  }
}

/** A log of that story in a file. */
export async function logOf(folder, name, items, each) {
  const file = join(folder, name);
  await openSqliteEventStore(file).close();
  const database = new Database(file);
  database.pragma('synchronous = OFF');
  const insert = database.prepare(
    'INSERT INTO events (stream, revision, id, type, tenant, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  database.exec('BEGIN');
  for (const { data, id, metadata, revision, stream, type } of storyOf(items, each)) {
    insert.run(stream, revision, id, type, 'uppsala', JSON.stringify(data), JSON.stringify(metadata));
  }
  database.exec('COMMIT');
  database.close();
  return openSqliteEventStore(file);
}
