// The event store on KurrentDB, against what the official client does alone in the same run. On the server that
// KURRENTDB_URL names, or on the protocol double of the tests. By itself: node scripts/bench/kurrentdb.mjs
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, install, root } from '../installation.mjs';
import { median, quantile } from './measuring.mjs';

const inFlight = 32;
const commandsEachRound = 2_000;
const eventsToCatchUp = 30_000;
const rounds = 7;
const smallReads = 1_000;
const coldCommands = 300;

/** @returns rows for the table of figures: what was done, what was measured, what is to be reached, whether it was */
export async function kurrentDbRows() {
  install();
  build();
  const parts = await loadParts();
  const server = await serverToMeasure();
  try {
    return [
      await smallRead(parts, server),
      await coldCommand(parts, server),
      await commands(parts, server),
      await catchUp(parts, server),
    ];
  } finally {
    await server.end();
  }
}

async function loadParts() {
  const modules = await Promise.all(
    [
      '../../dist/libs/deciding/src/index.js',
      '../../dist/libs/event-store/src/kurrentdb/index.js',
      '../../dist/libs/kernel/src/index.js',
      '../../dist/libs/organisation/src/index.js',
      '../../dist/libs/planning/src/index.js',
    ].map((name) => import(name)),
  );
  const { eventCatalog } = await import('../../dist/libs/running/src/contracts.js');
  const client = await import('@kurrent/kurrentdb-client');
  return Object.assign({ catalog: eventCatalog(), client }, ...modules);
}

/** The server that was named, or the double in a process of its own. */
async function serverToMeasure() {
  const named = process.env.KURRENTDB_URL;
  if (named) return { name: 'KurrentDB', url: named, end: async () => {} };
  const folder = mkdtempSync(join(tmpdir(), 'sparbar-bench-kurrentdb-'));
  const main = join(root, 'test', 'support', 'kurrentdb-double', 'start.mjs');
  const child = spawn(process.execPath, [main, '0', join(folder, 'log')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [told] = await once(child.stdout, 'data');
  return {
    name: 'a protocol double of KurrentDB',
    url: /listens on (\S+)/.exec(told.toString())[1],
    end: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      rmSync(folder, { recursive: true });
    },
  };
}

/** A stream of twenty events, again and again: hardly any read may be held back by what lies below it. */
async function smallRead({ newId, openKurrentEventStore, streamName }, server) {
  const tenant = `bench-${newId().slice(-12)}`;
  const store = openKurrentEventStore(server.url);
  const itemId = newId();
  const stream = streamName(tenant, 'item', itemId);
  const { tellingOf } = await import('./story.mjs');
  const events = Array.from({ length: 20 }, (_, turn) => tellingOf(tenant, 0, itemId, turn));
  await store.append(stream, events, 'no-stream');
  const times = await timesOf(smallReads, () => store.readStream(stream));
  await store.close();
  const [usual, slow] = [quantile(times, 0.5), quantile(times, 0.99)];
  return {
    work: `stream of 20 events from ${server.name}, one in flight`,
    measured: `p50 ${usual.toFixed(2)} ms, p99 ${slow.toFixed(2)} ms, ${(slow / usual).toFixed(1)} times as much`,
    reach: 'p99 ≤ 5 × p50',
    held: slow <= 5 * usual,
  };
}

/** A command on what no process has kept: its stream is read, and appended to. */
async function coldCommand(
  {
    bodies,
    catalog,
    DecisionRunner,
    newId,
    openKurrentEventStore,
    RegisterBodyCommand,
    RenameBodyCommand,
    systemClock,
  },
  server,
) {
  const tenant = `bench-${newId().slice(-12)}`;
  const store = openKurrentEventStore(server.url);
  const context = () => ({
    tenant,
    actor: { id: 'bench', role: 'controller' },
    commandId: newId(),
    correlationId: newId(),
  });
  const ids = Array.from({ length: coldCommands }, newId);
  const registering = new DecisionRunner(store, catalog, systemClock);
  for (const id of ids) {
    await registering.run(new RegisterBodyCommand(id, { name: `Nämnd ${id}`, kind: 'board' }, context()), bodies);
  }
  const queue = [...ids];
  const cold = await timesOf(coldCommands, () =>
    new DecisionRunner(store, catalog, systemClock).run(
      new RenameBodyCommand(queue.pop(), { name: 'Ett annat namn' }, context()),
      bodies,
    ),
  );
  const reads = await timesOf(coldCommands, () => store.readStream(`${tenant}.body-${ids[0]}`));
  const warm = [...ids];
  const appends = await timesOf(coldCommands, () =>
    registering.run(
      new RegisterBodyCommand(newId(), { name: `Nämnd ${warm.pop()}`, kind: 'board' }, context()),
      bodies,
    ),
  );
  await store.close();
  const [usual, parts] = [quantile(cold, 0.5), quantile(reads, 0.5) + quantile(appends, 0.5)];
  return {
    work: `cold command on ${server.name}, one in flight`,
    measured: `p50 ${usual.toFixed(2)} ms, p99 ${quantile(cold, 0.99).toFixed(2)} ms; ${(usual / parts).toFixed(2)} of a read and a warm command`,
    reach: 'p50 ≤ 2 × a read and a warm command',
    held: usual <= 2 * parts,
  };
}

async function commands(
  { bodies, catalog, client, DecisionRunner, newId, openKurrentEventStore, RegisterBodyCommand, systemClock },
  server,
) {
  const tenant = `bench-${newId().slice(-12)}`;
  const store = openKurrentEventStore(server.url);
  // What the runner appends is what the bare client appends then, under other names.
  let appended = [];
  const noting = {
    get connection() {
      return store.connection;
    },
    readStream: (...asked) => store.readStream(...asked),
    append: (stream, events, ...how) => {
      appended.push(...events);
      return store.append(stream, events, ...how);
    },
  };
  const runner = new DecisionRunner(noting, catalog, systemClock);
  const decide = (number) =>
    runner.run(
      new RegisterBodyCommand(
        newId(),
        { name: `Nämnd ${number}`, kind: 'board' },
        { tenant, actor: { id: 'bench', role: 'controller' }, commandId: newId(), correlationId: newId() },
      ),
      bodies,
    );
  const bare = client.KurrentDBClient.connectionString(server.url);
  const append = ({ data, metadata, type }) =>
    bare.appendToStream(`${tenant}.bare-${newId()}`, client.jsonEvent({ id: newId(), type, data, metadata }), {
      streamState: client.NO_STREAM,
    });
  const turns = await interleaved(
    async () => {
      appended = [];
      return rateOf(commandsEachRound, () => spread(commandsEachRound, decide));
    },
    () => rateOf(commandsEachRound, () => spread(commandsEachRound, (number) => append(appended[number]))),
  );
  await store.close();
  await bare.dispose();
  return rowOf(`command in process on ${server.name}, ${inFlight} in flight`, 'commands/s', turns);
}

async function catchUp({ catalog, client, itemStatus, newId, openKurrentEventStore, streamName }, server) {
  const tenant = `bench-${newId().slice(-12)}`;
  const bare = client.KurrentDBClient.connectionString(server.url);
  for await (const { events, stream } of stories(tenant, { newId, streamName })) {
    await bare.appendToStream(stream, events.map(client.jsonEvent), { streamState: client.NO_STREAM });
  }
  const store = openKurrentEventStore(server.url);
  const filter = client.streamNameFilter({ prefixes: [`${tenant}.`] });
  const turns = await interleaved(
    () => rateOf(eventsToCatchUp, () => project(store, tenant, catalog, itemStatus)),
    () =>
      rateOf(eventsToCatchUp, async () => {
        let count = 0;
        for await (const { event } of bare.readAll({ filter })) count += event ? 1 : 0;
        if (count !== eventsToCatchUp) throw new Error(`Read ${count} events of ${eventsToCatchUp}`);
      }),
  );
  await store.close();
  await bare.dispose();
  return rowOf(`catch-up of one projection from ${server.name} into memory`, 'events/s', turns);
}

/** Follows the log until everything is folded, as the projection engine does, with documents in memory. */
async function project(store, tenant, catalog, projection) {
  const documents = new Map();
  const caughtUp = new AbortController();
  let count = 0;
  for await (const batch of store.subscribe({ tenant, batchSize: 2_500, signal: caughtUp.signal })) {
    for (const stored of batch) {
      const reaction = projection.on[stored.type];
      if (!reaction) continue;
      const event = catalog.decode(stored);
      const key = reaction.key(event);
      documents.set(key, reaction.evolve(documents.get(key), event));
    }
    count += batch.length;
    if (count >= eventsToCatchUp) caughtUp.abort();
  }
  if (count !== eventsToCatchUp) throw new Error(`Followed ${count} events of ${eventsToCatchUp}`);
}

/** Items with a story of twenty events each. */
async function* stories(tenant, { newId, streamName }) {
  const { tellingOf } = await import('./story.mjs');
  const each = 20;
  for (let item = 0; item < eventsToCatchUp / each; item++) {
    const itemId = newId();
    const events = Array.from({ length: each }, (_, turn) => tellingOf(tenant, item, itemId, turn));
    yield { stream: streamName(tenant, 'item', itemId), events };
  }
}

/** Both sides in turn, so that what slows the machine for a while slows both. The first turn of each warms up. */
async function interleaved(ours, bare) {
  const turns = [];
  for (let round = 0; round <= rounds; round++) {
    const turn = { ours: await ours(), bare: await bare() };
    if (round > 0) turns.push(turn);
  }
  return turns;
}

function rowOf(work, unit, turns) {
  const ours = median(turns.map((turn) => turn.ours));
  const bare = median(turns.map((turn) => turn.bare));
  const ratio = median(turns.map((turn) => turn.ours / turn.bare));
  return {
    work,
    measured: `${Math.round(ours)} ${unit}, ${ratio.toFixed(2)} of the bare client (${Math.round(bare)}/s)`,
    reach: '≥ 0.8',
    held: ratio >= 0.8,
  };
}

/** How long each of so many turns took, in milliseconds, one after the other. Those before them warm up. */
async function timesOf(count, work) {
  const times = [];
  for (let turn = 0; turn < count; turn++) {
    const from = performance.now();
    await work();
    times.push(performance.now() - from);
  }
  return times.slice(Math.floor(count / 10));
}

async function rateOf(count, work) {
  const from = performance.now();
  await work();
  return count / ((performance.now() - from) / 1000);
}

/** Does something so many times, a number of them at once. */
async function spread(count, work) {
  let next = 0;
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (next < count) await work(next++);
    }),
  );
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.table((await kurrentDbRows()).map((row) => ({ ...row, held: row.held ? 'yes' : 'NO' })));
}
