import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { openSqliteDocumentStore } from '../../dist/libs/document-store/src/sqlite/index.js';
import { openSqliteEventStore } from '../../dist/libs/event-store/src/sqlite/index.js';
import { idOf } from '../../dist/libs/kernel/src/index.js';
import { root } from '../installation.mjs';
import { inFolder, median, now, pairsOf, rate, rowOf } from './measuring.mjs';
import { allCaughtUp, projectorOn } from './projector.mjs';
import { logFrom, tellingOf } from './story.mjs';

const log = 'events.db';
const floodPerSecond = 100;
const eventsWatched = 25;
const between = 40;

/** How long it takes until an event of one tenant shows, while another writes a hundred a second, and in calm. */
export const lagRows = () =>
  inFolder(async (folder) => {
    const tenants = { small: 'ale', large: 'uppsala' };
    const eventStore = await logFrom(folder, log, adoptionsOf(Object.values(tenants), 300));
    const documents = openSqliteDocumentStore(join(folder, 'documents.db'));
    const projector = startProjector({ SPARBAR_DATA: folder });
    const writer = writerOn(eventStore);
    try {
      await allCaughtUp(eventStore, documents);
      const collection = (await documents.collections()).find((name) => name.startsWith('item-status@'));
      const lag = async () => {
        const lags = [];
        for (let turn = 0; turn < eventsWatched; turn++) {
          const from = now();
          const { itemId, revision } = await writer.record(tenants.small, turn);
          while (((await documents.get(collection, itemId))?.revision ?? -1) < revision) await pause(1);
          lags.push(now() - from);
          await pause(between);
        }
        return median(lags);
      };
      const pairs = await pairsOf(() => writer.flooding(tenants.large, lag), lag);
      const work = `until an event shows, while another tenant writes ${floodPerSecond} a second`;
      return [rowOf({ work, unit: 'ms', against: 'in calm', most: 2 }, pairs)];
    } finally {
      await projector.end();
      await Promise.all([eventStore.close(), documents.close()]);
    }
  });

function writerOn(eventStore) {
  const revisions = new Map();
  /** One more event of a tenant's item. */
  const record = async (tenant, item) => {
    const itemId = itemOf(tenant, item);
    const revision = (revisions.get(itemId) ?? 0) + 1;
    revisions.set(itemId, revision);
    await eventStore.append(`${tenant}.item-${itemId}`, [tellingOf(tenant, item, itemId, revision)], revision - 1);
    return { itemId, revision };
  };
  /** Does something while a tenant writes as much as it may. */
  const flooding = async (tenant, work) => {
    let over = false;
    const flood = (async () => {
      const from = now();
      for (let written = 0; !over; written++) {
        await record(tenant, written % 300);
        await pause(Math.max(0, from + (written * 1_000) / floodPerSecond - now()));
      }
    })();
    try {
      return await work();
    } finally {
      over = true;
      await flood;
    }
  };
  return { flooding, record };
}

const tenantsOfRebuild = Array.from({ length: 16 }, (_, number) => `kommun-${number}`);
const [itemsEach, eventsEach] = [25, 30];

/**
 * How fast two processes make all documents of several tenants, beside one. One file has one writer: what they gain on it is
 * told only. Documents spread over several files stand for a store that takes several writers at once.
 */
export const rebuildTwoRows = () =>
  inFolder(async (folder) => {
    const events = tenantsOfRebuild.length * itemsEach * eventsEach;
    await (await logFrom(folder, log, storiesOf(tenantsOfRebuild, itemsEach, eventsEach))).close();
    const rows = [];
    for (const { files, least, told } of [
      { files: 1, told: 'one file' },
      { files: 8, told: 'a double of a store that takes several writers', least: 1.5 },
    ]) {
      const rebuilt = (processes) => (turn) =>
        rebuildOf(folder, `${files}-${processes}-${turn}`, files, processes, events);
      const pairs = await pairsOf(rebuilt(2), rebuilt(1), 3);
      const work = `all documents by two processes, ${events.toLocaleString('en')} events of ${tenantsOfRebuild.length} tenants, into ${told}`;
      rows.push(rowOf({ work, unit: 'events/s', against: 'one', least }, pairs));
    }
    return rows;
  });

async function rebuildOf(folder, name, files, processes, events) {
  const place = join(folder, name);
  mkdirSync(place);
  const [eventStore, documents] = [openSqliteEventStore(join(folder, log)), spreadOver(files, place)];
  const self = fileURLToPath(import.meta.url);
  const from = now();
  const projectors = Array.from({ length: processes }, () =>
    spawn(process.execPath, [self, folder, name, String(files)], { stdio: ['pipe', 'ignore', 'inherit'] }),
  );
  const gone = projectors.map((child) => once(child, 'exit'));
  try {
    await allCaughtUp(eventStore, documents);
    return rate(events, from);
  } finally {
    for (const child of projectors) child.stdin.end();
    await Promise.all(gone);
    await Promise.all([eventStore.close(), documents.close()]);
    rmSync(place, { recursive: true });
  }
}

/** Makes documents until nobody waits for it any more. */
async function project(folder, name, files) {
  const [eventStore, documents] = [openSqliteEventStore(join(folder, log)), spreadOver(files, join(folder, name))];
  const projector = projectorOn(eventStore, documents);
  await once(process.stdin.resume(), 'end');
  await projector.stop();
  await Promise.all([eventStore.close(), documents.close()]);
}

/** Documents by their ids in several files, each of which has a writer of its own: as much of a store as a projector asks for. */
function spreadOver(files, place) {
  const stores = Array.from({ length: files }, (_, file) => openSqliteDocumentStore(join(place, `${file}.db`)));
  if (files === 1) return stores[0];
  const fileOf = (id) =>
    [...id.split('|')[0]].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7) % files;
  const ofAll = async (ask) => (await Promise.all(stores.map(ask))).flat();
  const each = (values, idOf, ask) =>
    Promise.all(
      stores.map((store, file) => {
        const some = values.filter((value) => fileOf(idOf(value)) === file);
        return some.length === 0 ? [] : ask(store, some);
      }),
    );
  return {
    get: (collection, id) => stores[fileOf(id)].get(collection, id),
    getMany: async (collection, ids) =>
      (
        await each(
          ids,
          (id) => id,
          (store, some) => store.getMany(collection, some),
        )
      ).flat(),
    find: (...asked) => ofAll((store) => store.find(...asked)),
    count: async (...asked) => (await ofAll((store) => store.count(...asked))).reduce((sum, count) => sum + count, 0),
    replaceMany: async (collection, writes) => {
      const written = await each(
        writes,
        ({ document }) => document._id,
        (store, some) => store.replaceMany(collection, some),
      );
      return written.flat().reduce((sum, count) => sum + count, 0);
    },
    compareAndSet: (collection, document, expected) =>
      stores[fileOf(document._id)].compareAndSet(collection, document, expected),
    ensureIndexes: (...asked) => ofAll((store) => store.ensureIndexes(...asked)),
    drop: (collection) => ofAll((store) => store.drop(collection)),
    collections: async () => [...new Set(await ofAll((store) => store.collections()))].sort(),
    close: () => ofAll((store) => store.close()),
  };
}

/** A projector as it is shipped, in a process of its own. */
function startProjector(settings) {
  const main = join(root, 'dist', 'apps', 'projector', 'src', 'main.js');
  const env = { ...process.env, PORT: '0', SPARBAR_LOG_LEVEL: 'warn', ...settings };
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const gone = once(child, 'exit');
  return {
    async end() {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

const itemOf = (tenant, item) => idOf('bench', tenant, String(item));

function* adoptionsOf(tenants, items) {
  yield* storiesOf(tenants, items, 1);
}

/** Items of several tenants, turn by turn, so that streams lie mixed in the log. */
function* storiesOf(tenants, items, each) {
  for (let turn = 0; turn < each; turn++) {
    for (let item = 0; item < items; item++) {
      for (const tenant of tenants) {
        const itemId = itemOf(tenant, item);
        yield { stream: `${tenant}.item-${itemId}`, revision: turn, ...tellingOf(tenant, item, itemId, turn) };
      }
    }
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [folder, name, files] = process.argv.slice(2);
  await project(folder, name, Number(files));
}
