import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openMongoDocumentStore } from '../../dist/libs/document-store/src/mongodb/index.js';
import { openSqliteDocumentStore } from '../../dist/libs/document-store/src/sqlite/index.js';
import { openSqliteEventStore } from '../../dist/libs/event-store/src/sqlite/index.js';
import { idOf, newId } from '../../dist/libs/kernel/src/index.js';
import { startMongoWire } from '../../test/support/mongo-wire.mjs';
import { root } from '../installation.mjs';
import { isMongoWirePrepared } from '../servers/mongo-wire.mjs';
import { inFolder, median, now, pairsOf, rate, rowOf } from './measuring.mjs';
import { allCaughtUp } from './projector.mjs';
import { logFrom, tellingOf } from './story.mjs';

const floodPerSecond = 100;
const eventsWatched = 25;
const between = 40;

/** How long it takes until an event of one tenant shows, while another writes a hundred a second, and in calm. */
export const lagRows = () =>
  inFolder(async (folder) => {
    const tenants = { small: 'ale', large: 'uppsala' };
    const log = await logFrom(folder, 'events.db', adoptionsOf(Object.values(tenants), 300));
    const documents = openSqliteDocumentStore(join(folder, 'documents.db'));
    const projector = startProjector({ SPARBAR_DATA: folder });
    const writer = writerOn(log);
    try {
      await allCaughtUp(log, documents);
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
      await Promise.all([log.close(), documents.close()]);
    }
  });

function writerOn(log) {
  const revisions = new Map();
  /** One more event of a tenant's item. */
  const record = async (tenant, item) => {
    const itemId = itemOf(tenant, item);
    const revision = (revisions.get(itemId) ?? 0) + 1;
    revisions.set(itemId, revision);
    await log.append(`${tenant}.item-${itemId}`, [tellingOf(tenant, item, itemId, revision)], revision - 1);
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

/** How fast two processes make all documents of several tenants, beside one. */
export const rebuildTwoRows = () =>
  inFolder(async (folder) => {
    const events = tenantsOfRebuild.length * itemsEach * eventsEach;
    await (await logFrom(folder, 'events.db', storiesOf(tenantsOfRebuild, itemsEach, eventsEach))).close();
    const rows = [];
    for (const { least, name, newDocuments, stop } of await documentStores(folder)) {
      const rebuilt = (processes) => async () => rebuildOf(folder, await newDocuments(), processes, events);
      const pairs = await pairsOf(rebuilt(2), rebuilt(1), 3);
      await stop();
      const work = `all documents by two processes, ${events.toLocaleString('en')} events of ${tenantsOfRebuild.length} tenants, into ${name}`;
      rows.push(rowOf({ work, unit: 'events/s', against: 'one', least }, pairs));
    }
    return rows;
  });

async function rebuildOf(folder, { open, url }, processes, events) {
  const log = openSqliteEventStore(join(folder, 'events.db'));
  const documents = open();
  const from = now();
  const env = { SPARBAR_DATA: folder, EVENT_STORE_URL: `sqlite:${join(folder, 'events.db')}`, DOCUMENT_STORE_URL: url };
  const projectors = Array.from({ length: processes }, () => startProjector(env));
  try {
    await allCaughtUp(log, documents);
    return rate(events, from);
  } finally {
    await Promise.all(projectors.map((projector) => projector.end()));
    await Promise.all([log.close(), documents.close()]);
  }
}

/** One file has one writer: what two processes gain on it is told only. A server takes several. */
async function documentStores(folder) {
  let number = 0;
  const file = () => {
    mkdirSync(join(folder, 'documents'), { recursive: true });
    const path = join(folder, 'documents', `${number++}.db`);
    return { url: `sqlite:${path}`, open: () => openSqliteDocumentStore(path) };
  };
  const stores = [{ name: 'one file of SQLite', newDocuments: file, stop: async () => {} }];
  const named = process.env.MONGODB_URL;
  if (!named && !(await isMongoWirePrepared())) return stores;
  const wire = named ? undefined : await startMongoWire({ file: join(folder, 'mongo-wire.db') });
  const server = named ?? wire.url;
  const database = () => {
    const url = server.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?/, `$1/sparbar-bench-${newId()}`);
    return { url, open: () => openMongoDocumentStore(url) };
  };
  // The stand-in takes a core for itself and scans for each write: what it shows is no judgement.
  const judged = named ? { name: 'MongoDB', least: 1.5 } : { name: "a stand-in of MongoDB's" };
  return [...stores, { ...judged, newDocuments: database, stop: async () => wire?.stop() }];
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
