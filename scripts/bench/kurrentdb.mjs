// The event store on KurrentDB, against what the official client does alone in the same run. On the server that
// KURRENTDB_URL names, or on the protocol double of the tests.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../installation.mjs';
import { figure, load, median, pairsOf, quantile, rowOf, spread } from './measuring.mjs';

const inFlight = 32;
const commandsEachRound = 2_000;
const eventsToCatchUp = 30_000;
const smallReads = 1_000;
const coldCommands = 200;

/** What is measured, each by itself. */
const measures = { smallRead, coldCommand, commands, catchUp };

/** @returns rows for the table of figures: what was done, what was measured, what is to be reached, whether it was */
export async function kurrentDbRows(...names) {
  const parts = await loadParts();
  const server = await serverToMeasure();
  try {
    const rows = [];
    for (const name of names.length > 0 ? names : Object.keys(measures)) rows.push(await measures[name](parts, server));
    return rows;
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
export async function serverToMeasure() {
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
  const turns = [];
  for (let turn = 0; turn < 5; turn++) {
    const times = await timesOf(smallReads, () => store.readStream(stream));
    turns.push({ usual: quantile(times, 0.5), slow: quantile(times, 0.99) });
  }
  await store.close();
  const ratios = turns.map(({ slow, usual }) => slow / usual);
  const [ratio, usual, slow] = [
    median(ratios),
    median(turns.map((one) => one.usual)),
    median(turns.map((one) => one.slow)),
  ];
  return {
    work: `stream of 20 events from ${server.name}, one in flight: p99 against p50`,
    measured: `${figure(slow)} ms, ${ratio.toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}) of p50 (${figure(usual)} ms), ${turns.length} turns, load ${load()}`,
    reach: '≤ 5',
    held: ratio <= 5,
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
  const ids = Array.from({ length: coldCommands * 6 }, newId);
  const registering = new DecisionRunner(store, catalog, systemClock);
  for (const id of ids) {
    await registering.run(new RegisterBodyCommand(id, { name: `Nämnd ${id}`, kind: 'board' }, context()), bodies);
  }
  const tailsOf = (turn) => ids.slice(turn * coldCommands, (turn + 1) * coldCommands);
  const pairs = await pairsOf(
    async (turn) => {
      const left = tailsOf(turn);
      const rename = (id) => new RenameBodyCommand(id, { name: 'Ett annat namn' }, context());
      return usualOf(coldCommands, () =>
        new DecisionRunner(store, catalog, systemClock).run(rename(left.pop()), bodies),
      );
    },
    async () => {
      const read = await usualOf(coldCommands, () => store.readStream(`${tenant}.body-${ids[0]}`));
      const register = () => new RegisterBodyCommand(newId(), { name: 'Nämnd', kind: 'board' }, context());
      return read + (await usualOf(coldCommands, () => registering.run(register(), bodies)));
    },
  );
  await store.close();
  const work = `cold command on ${server.name}, one in flight`;
  return rowOf({ work, unit: 'ms', against: 'a read and a warm command', most: 1.5 }, pairs);
}

const usualOf = async (count, work) => quantile(await timesOf(count, work), 0.5);

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
  const turns = await pairsOf(
    async () => {
      appended = [];
      return rateOf(commandsEachRound, () => spread(commandsEachRound, inFlight, decide));
    },
    async () => {
      if (appended.length === 0) await spread(commandsEachRound, inFlight, decide);
      return rateOf(commandsEachRound, () => spread(commandsEachRound, inFlight, (number) => append(appended[number])));
    },
  );
  await store.close();
  await bare.dispose();
  return rowOf(
    {
      work: `command in process on ${server.name}, ${inFlight} in flight`,
      unit: 'commands/s',
      against: 'the bare client',
      least: 0.8,
    },
    turns,
  );
}

async function catchUp({ catalog, client, itemStatus, newId, openKurrentEventStore, streamName }, server) {
  const tenant = `bench-${newId().slice(-12)}`;
  const bare = client.KurrentDBClient.connectionString(server.url);
  for await (const { events, stream } of stories(tenant, { newId, streamName })) {
    await bare.appendToStream(stream, events.map(client.jsonEvent), { streamState: client.NO_STREAM });
  }
  const store = openKurrentEventStore(server.url);
  const filter = client.streamNameFilter({ prefixes: [`${tenant}.`] });
  const turns = await pairsOf(
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
  return rowOf(
    {
      work: `catch-up of one projection from ${server.name} into memory`,
      unit: 'events/s',
      against: 'the bare client',
      least: 0.9,
    },
    turns,
  );
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
