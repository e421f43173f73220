import { join } from 'node:path';
import Database from 'libsql';
import { DecisionRunner } from '../../dist/libs/deciding/src/index.js';
import { openSqliteEventStore } from '../../dist/libs/event-store/src/sqlite/index.js';
import { newId, systemClock } from '../../dist/libs/kernel/src/index.js';
import { bodies, RegisterBodyCommand } from '../../dist/libs/organisation/src/index.js';
import { eventCatalog } from '../../dist/libs/running/src/contracts.js';
import { actor, inFolder, median, now, rate } from './measuring.mjs';

const count = 20_000;
const rounds = 3;

/** Commands on the embedded log, beside the same rows put straight into the same table. */
export const commandRows = () =>
  inFolder(async (folder) => {
    const measured = [];
    for (let round = 0; round < rounds; round++) {
      const { events, perSecond } = await commandsInProcess(join(folder, `commands-${round}.db`));
      const raw = await rawAppends(events, join(folder, `raw-${round}.db`));
      measured.push({ perSecond, raw, ratio: perSecond / raw });
    }
    const ratio = median(measured.map((one) => one.ratio));
    const { perSecond, raw } = measured.find((one) => one.ratio === ratio);
    return [
      {
        work: 'command in process, 64 in flight',
        measured: `${Math.round(perSecond)}/s, ${ratio.toFixed(2)} of raw (${Math.round(raw)}/s), median of ${rounds}`,
        reach: '≥ 0.5',
        held: ratio >= 0.5,
      },
    ];
  });

async function commandsInProcess(file) {
  const store = openSqliteEventStore(file);
  const runner = new DecisionRunner(store, eventCatalog(), systemClock);
  const run = (number) =>
    runner.run(
      new RegisterBodyCommand(
        newId(),
        { name: `Nämnd ${number}`, kind: 'board' },
        { tenant: 'uppsala', actor, commandId: newId(), correlationId: newId() },
      ),
      bodies,
    );
  let next = 0;
  const from = now();
  await Promise.all(
    Array.from({ length: 64 }, async () => {
      while (next < count) await run(next++);
    }),
  );
  const perSecond = rate(count, from);
  const events = await store.readAll({ limit: count });
  await store.close();
  return { events, perSecond };
}

/** Rows of the same content, 64 a commit, straight into the same table. */
async function rawAppends(events, file) {
  await openSqliteEventStore(file).close();
  const database = new Database(file);
  database.pragma('synchronous = FULL');
  const insert = database.prepare(
    'INSERT INTO events (stream, revision, id, type, tenant, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const texts = events.map(({ data, metadata }) => [JSON.stringify(data), JSON.stringify(metadata)]);
  const from = now();
  for (let start = 0; start < events.length; start += 64) {
    database.exec('BEGIN IMMEDIATE');
    for (let index = start; index < Math.min(start + 64, events.length); index++) {
      const { id, metadata, revision, stream, type } = events[index];
      insert.run(stream, revision, id, type, metadata.tenant, ...texts[index]);
    }
    database.exec('COMMIT');
  }
  const perSecond = rate(events.length, from);
  database.close();
  return perSecond;
}
