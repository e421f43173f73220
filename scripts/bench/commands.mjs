import { join } from 'node:path';
import Database from 'libsql';
import { DecisionRunner } from '../../dist/libs/deciding/src/index.js';
import { openSqliteEventStore } from '../../dist/libs/event-store/src/sqlite/index.js';
import { newId, systemClock } from '../../dist/libs/kernel/src/index.js';
import { bodies, RegisterBodyCommand } from '../../dist/libs/organisation/src/index.js';
import { eventCatalog } from '../../dist/libs/running/src/contracts.js';
import { emmettOn } from './emmett.mjs';
import { actor, inFolder, now, pairsOf, rate, rowOf, spread } from './measuring.mjs';

const each = { 1: 500, 64: 10_000 };

/** Commands on the embedded log, beside the same rows put straight into the same table. */
export const commandRows = (inFlight) => () =>
  inFolder(async (folder) => {
    const count = each[inFlight];
    let events;
    const ours = async (turn) => {
      const measured = await commandsInProcess(join(folder, `commands-${turn}.db`), inFlight, count);
      events ??= measured.events;
      return measured.perSecond;
    };
    // Rows of the same content: those of the first turn.
    const raw = async (turn) =>
      rawAppends(events ?? (await madeBefore(folder, count)), join(folder, `raw-${turn}.db`), inFlight);
    const pairs = await pairsOf(ours, raw);
    const work = `command in process, ${inFlight} in flight`;
    return [rowOf({ work, unit: 'commands/s', against: 'raw SQLite', least: inFlight === 1 ? 0.8 : 0.6 }, pairs)];
  });

const madeBefore = async (folder, count) => (await commandsInProcess(join(folder, 'before.db'), 64, count)).events;

/** The same command by Emmett on SQLite, beside ours. */
export const emmettRows = () =>
  inFolder(async (folder) => {
    const rows = [];
    for (const [inFlight, count] of [
      [1, 300],
      [64, 500],
    ]) {
      const theirs = await emmettOn(join(folder, `emmett-${inFlight}.db`));
      const pairs = await pairsOf(
        async (turn) =>
          (await commandsInProcess(join(folder, `beside-${inFlight}-${turn}.db`), inFlight, count)).perSecond,
        async () => {
          const from = now();
          await spread(count, inFlight, theirs);
          return rate(count, from);
        },
      );
      const work = `command in process, ${inFlight} in flight, beside Emmett`;
      rows.push(rowOf({ work, unit: 'commands/s', against: 'Emmett on SQLite' }, pairs));
    }
    return rows;
  });

async function commandsInProcess(file, inFlight, count) {
  const store = openSqliteEventStore(file);
  const runner = new DecisionRunner(store, eventCatalog(), systemClock);
  const from = now();
  await spread(count, inFlight, (number) =>
    runner.run(
      new RegisterBodyCommand(
        newId(),
        { name: `Nämnd ${number}`, kind: 'board' },
        { tenant: 'uppsala', actor, commandId: newId(), correlationId: newId() },
      ),
      bodies,
    ),
  );
  const perSecond = rate(count, from);
  const events = await store.readAll({ limit: count });
  await store.close();
  return { events, perSecond };
}

/** Rows of the same content, as many a commit as commands are in flight, straight into the same table. */
async function rawAppends(events, file, inFlight) {
  await openSqliteEventStore(file).close();
  const database = new Database(file);
  database.pragma('synchronous = FULL');
  const insert = database.prepare(
    'INSERT INTO events (stream, revision, id, type, tenant, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const texts = events.map(({ data, metadata }) => [JSON.stringify(data), JSON.stringify(metadata)]);
  const from = now();
  for (let start = 0; start < events.length; start += inFlight) {
    database.exec('BEGIN IMMEDIATE');
    for (let index = start; index < Math.min(start + inFlight, events.length); index++) {
      const { id, metadata, revision, stream, type } = events[index];
      insert.run(stream, revision, id, type, metadata.tenant, ...texts[index]);
    }
    database.exec('COMMIT');
  }
  const perSecond = rate(events.length, from);
  database.close();
  return perSecond;
}
