import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setImmediate } from 'node:timers';
import { eventCatalog, projections } from '../../dist/libs/running/src/contracts.js';
import { watchedLog } from '../../dist/libs/continuity/src/index.js';
import { openSqliteDocumentStore } from '../../dist/libs/document-store/src/sqlite/index.js';
import { openKurrentEventStore } from '../../dist/libs/event-store/src/kurrentdb/index.js';
import { openSqliteEventStore } from '../../dist/libs/event-store/src/sqlite/index.js';
import { idOf, streamName, systemClock } from '../../dist/libs/kernel/src/index.js';
import { Progress, ProjectionEngine, StoredReadModels } from '../../dist/libs/projecting/src/index.js';
import { startKurrentDbDouble } from '../../test/support/kurrentdb-double/kurrentdb-double.mjs';
import { inFolder } from '../bench/measuring.mjs';
import { tellingOf } from '../bench/story.mjs';
import { root } from '../installation.mjs';
import { Memory } from './memory.mjs';

const longestWaitMilliseconds = 60_000;
const eventsEach = 50;
const itemsEach = 20;

/** A million events recorded and projected, all projections, on the embedded stores. */
export const embeddedEvents = (tell) =>
  embedded(async ({ eventStore, readModels }) => {
    const events = 1_000_000;
    const stretch = 20_000;
    const memory = new Memory('Events recorded and projected on the embedded stores', 'events', events / stretch, tell);
    for (let count = 0; count < events;) {
      const until = count + stretch;
      let position;
      for (; count < until; count += itemsEach * eventsEach) position = await recordPlan(eventStore, count);
      await readModels.waitFor(position, longestWaitMilliseconds);
      await memory.sample(count);
    }
    return memory.verdict();
  });

/**
 * Hours in which nothing happens, made short: the watch of the projections wakes four times a second by itself, and here
 * as soon as it sleeps, as often as it does in three hours.
 */
export const embeddedIdle = (tell) =>
  embedded(async ({ eventStore, progress, readModels, waits }) => {
    const wakings = 3 * 4 * 3_600;
    const stretch = wakings / 60;
    const memory = new Memory('Three idle hours of the projections, made short', 'wakings', 60, tell);
    await readModels.waitFor(await recordPlan(eventStore, 0), longestWaitMilliseconds);
    for (let count = 0; count < wakings;) {
      const until = waits.count + stretch;
      while (waits.count < until) {
        progress.announce();
        await new Promise((turned) => setImmediate(turned));
      }
      count += stretch;
      await memory.sample(count);
    }
    return memory.verdict();
  });

/** Events that are followed over the protocol of KurrentDB, served by the double of the tests in a process of its own. */
export const serverEvents = (tell) =>
  inFolder(async (folder) => {
    const server = await doubleIn(folder);
    const store = openKurrentEventStore(server.url, { deadline: longestWaitMilliseconds });
    const ending = new AbortController();
    try {
      const events = 200_000;
      const stretch = 5_000;
      const memory = new Memory("Events followed over KurrentDB's protocol", 'events', events / stretch, tell);
      const following = store.subscribe({ signal: ending.signal })[Symbol.asyncIterator]();
      let seen = 0;
      for (let count = 0; count < events;) {
        const until = count + stretch;
        for (; count < until; count += itemsEach * eventsEach) await recordPlan(store, count);
        while (seen < until) seen += (await following.next()).value.length;
        await memory.sample(count);
      }
      return memory.verdict();
    } finally {
      ending.abort();
      await store.close();
      await server.end();
    }
  });

/**
 * Hours in which nothing is recorded on a server, made short: after each ten seconds of silence a subscription looks for
 * itself and subscribes anew, here after five milliseconds, as often as it does in ten hours.
 */
export const serverIdle = async (tell) => {
  const double = await startKurrentDbDouble();
  const store = openKurrentEventStore(double.url, { silence: 5, deadline: longestWaitMilliseconds });
  const ending = new AbortController();
  try {
    const subscriptions = 3_600;
    const memory = new Memory(
      "Ten idle hours of following over KurrentDB's protocol, made short",
      'subscribed',
      40,
      tell,
    );
    await recordPlan(store, 0);
    const following = (async () => {
      for await (const batch of store.subscribe({ signal: ending.signal })) void batch;
    })();
    for (let count = 0; count < subscriptions;) {
      count += subscriptions / 40;
      const deadline = performance.now() + longestWaitMilliseconds;
      while (double.subscribed() < count) {
        if (performance.now() > deadline) throw new Error('It does not subscribe anew');
        await new Promise((later) => setTimeout(later, 5));
      }
      await memory.sample(count);
    }
    ending.abort();
    await following;
    return memory.verdict();
  } finally {
    ending.abort();
    await store.close();
    await double.stop();
  }
};

/** Stores in a folder of their own, and the projections running on them. */
const embedded = (work) =>
  inFolder(async (folder) => {
    const documentStore = openSqliteDocumentStore(join(folder, 'documents.db'));
    const { eventStore, watch } = watchedLog(openSqliteEventStore(join(folder, 'events.db')), documentStore);
    const waits = { count: 0 };
    const progress = new (class extends Progress {
      next(...given) {
        waits.count++;
        return super.next(...given);
      }
    })();
    const quiet = { info() {}, warn() {}, error: (fields, message) => console.error(message, fields) };
    const engine = new ProjectionEngine({
      log: watch,
      eventStore,
      documentStore,
      catalog: eventCatalog(),
      projections,
      clock: systemClock,
      logger: quiet,
      progress,
    });
    engine.start();
    try {
      // Readers wait on a bell of their own, so that only the engine's waits are counted.
      const readModels = new StoredReadModels(documentStore, projections, new Progress(), watch);
      return await work({ eventStore, progress, readModels, waits });
    } finally {
      await engine.stop();
      await watch.stop();
      await eventStore.close();
      await documentStore.close();
    }
  });

/** The story of a plan's items, each in a stream of its own. @returns the position of its last event */
async function recordPlan(store, start) {
  const planId = idOf('soak', 'plan', String(start));
  const appends = Array.from({ length: itemsEach }, (_, item) => {
    const itemId = idOf('soak', String(start), String(item));
    const events = Array.from({ length: eventsEach }, (_, turn) => {
      const event = tellingOf('uppsala', item, itemId, turn);
      return { ...event, data: { ...event.data, planId } };
    });
    return store.append(streamName('uppsala', 'item', itemId), events, 'no-stream');
  });
  const positions = (await Promise.all(appends)).map(({ position }) => position);
  return positions.sort().at(-1);
}

async function doubleIn(folder) {
  const main = join(root, 'test', 'support', 'kurrentdb-double', 'start.mjs');
  const child = spawn(process.execPath, [main, '0', join(folder, 'log')], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [told] = await once(child.stdout, 'data');
  return {
    url: /listens on (\S+)/.exec(told.toString())[1],
    end: async () => {
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
    },
  };
}
