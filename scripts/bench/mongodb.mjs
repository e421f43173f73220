import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { MongoClient } from 'mongodb';
import Type from 'typebox';
import { watchedLog } from '../../dist/libs/continuity/src/index.js';
import { openMongoDocumentStore } from '../../dist/libs/document-store/src/mongodb/index.js';
import { openSqliteEventStore } from '../../dist/libs/event-store/src/sqlite/index.js';
import { defineEvent, EventCatalog, newId, streamName, systemClock } from '../../dist/libs/kernel/src/index.js';
import { Progress, ProjectionAdmin, ProjectionEngine } from '../../dist/libs/projecting/src/index.js';
import { startMongoWire } from '../../test/support/mongo-wire.mjs';
import { isMongoWirePrepared } from '../servers/mongo-wire.mjs';

const documents = 500;
const each = 40;
const now = () => performance.now();
const perSecond = (count, milliseconds) => Math.round(count / (milliseconds / 1000));
const middle = (times) => [...times].sort((a, b) => a - b)[Math.floor(times.length / 2)];

const catalog = new EventCatalog([
  defineEvent('Noted', Type.Object({ number: Type.Integer(), text: Type.String() }, { additionalProperties: false })),
]);

/** As large as an item with a year of assessments. */
const projection = {
  name: 'bench',
  version: 1,
  indexes: [{ fields: ['tenant', 'sortKey'] }],
  on: {
    Noted: {
      key: ({ stream }) => stream,
      evolve: (document, { data, metadata, position, stream }) => ({
        _id: stream,
        tenant: metadata.tenant,
        sortKey: stream,
        notes: [...(document?.notes ?? []), { ...data, recordedAt: metadata.recordedAt, position }],
      }),
    },
  },
};

/**
 * Projects into the MongoDB that `MONGODB_URL` names; without it into the wire server, where that has been prepared.
 * That one scans a collection for each guarded write: no speed is judged on it.
 * @returns {Promise<{work: string, measured: string, reach: string, held: string}[]>}
 */
export async function mongodbRows() {
  const folder = mkdtempSync(join(tmpdir(), 'sparbar-bench-mongodb-'));
  const named = process.env.MONGODB_URL;
  let wire;
  try {
    if (!named && !(await isMongoWirePrepared())) {
      const work = 'projecting into MongoDB';
      return [{ work, measured: 'not run: neither MONGODB_URL nor the wire server', reach: 'n/a', held: 'n/a' }];
    }
    if (!named) wire = await startMongoWire({ file: join(folder, 'mongo-wire.db') });
    return await measured(named ?? wire.url, folder, named !== undefined);
  } finally {
    await wire?.stop();
    rmSync(folder, { recursive: true });
  }
}

async function measured(server, folder, judged) {
  const url = server.replace(/^(mongodb(?:\+srv)?:\/\/[^/?]+)(?:\/[^?]*)?/, `$1/sparbar-bench-${newId()}`);
  const client = new MongoClient(url, { writeConcern: { w: 'majority', j: true } });
  const store = openMongoDocumentStore(url);
  try {
    const projecting = await project(await logIn(folder), store);
    const writing = await write(store, client, await store.find('bench@1.1', {}));
    const ratio = writing.bare / writing.guarded;
    const events = documents * each;
    const on = judged ? '' : " (the wire server scans: no judgement of MongoDB's speed)";
    return [
      {
        work: `projecting ${events} events on ${documents} documents into MongoDB`,
        measured: `${perSecond(events, projecting)} events/s, ${perSecond(documents, projecting)} documents/s${on}`,
        reach: 'n/a',
        held: 'n/a',
      },
      {
        work: `${documents} guarded writes into MongoDB, beside the driver's own`,
        measured: `${perSecond(documents, writing.guarded)}/s, ${ratio.toFixed(2)} of raw (${perSecond(documents, writing.bare)}/s)${on}`,
        reach: judged ? '≥ 0.6' : 'n/a',
        held: judged ? (ratio >= 0.6 ? 'yes' : 'NO') : 'n/a',
      },
    ];
  } finally {
    await client.db().dropDatabase();
    await client.close();
    await store.close();
  }
}

/** How long the engine takes from its start until the documents hold the log, in milliseconds. */
async function project(eventStore, documentStore) {
  const progress = new Progress();
  const logger = { info() {}, warn() {}, error: (fields, message) => console.error(message, fields) };
  const projections = [projection];
  const { watch } = watchedLog(eventStore, documentStore);
  const engine = new ProjectionEngine({
    log: watch,
    eventStore,
    documentStore,
    catalog,
    projections,
    clock: systemClock,
    logger,
    progress,
  });
  const admin = new ProjectionAdmin(eventStore, documentStore, catalog, projections, systemClock, progress, watch);
  const from = now();
  engine.start();
  while ((await admin.status()).some(({ state }) => state !== 'current')) await progress.next(5);
  const took = now() - from;
  await engine.stop();
  await watch.stop();
  await eventStore.close();
  return took;
}

/** The same documents, into new collections, by the store and by the driver alone: milliseconds, the middle of five. */
async function write(store, client, found) {
  const guarded = [];
  const bare = [];
  for (let turn = 0; turn < 5; turn++) {
    const writes = found.map((document) => ({ document, position: document._position }));
    const from = now();
    await store.replaceMany(`guarded-${turn}`, writes);
    guarded.push(now() - from);
    const replacements = found.map((document) => ({
      replaceOne: { filter: { _id: document._id }, replacement: document, upsert: true },
    }));
    const again = now();
    await client.db().collection(`bare-${turn}`).bulkWrite(replacements, { ordered: false });
    bare.push(now() - again);
  }
  return { guarded: middle(guarded), bare: middle(bare) };
}

async function logIn(folder) {
  const file = join(folder, 'events.db');
  await openSqliteEventStore(file).close();
  const database = new Database(file);
  const insert = database.prepare(
    'INSERT INTO events (stream, revision, id, type, tenant, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  database.exec('BEGIN');
  for (let revision = 0; revision < each; revision++) {
    for (let number = 0; number < documents; number++) {
      const id = newId();
      const metadata = {
        tenant: 'bench',
        schema: 1,
        recordedAt: '2025-12-31T12:00:00.000Z',
        effectiveOn: '2025-12-31',
        actor: { id: 'bench', role: 'controller' },
        commandId: id,
        commandDigest: '0',
        correlationId: id,
        causationId: id,
      };
      const data = { number: revision, text: `Arbetet går enligt plan, och upphandlingen är klar (${revision})` };
      const stream = streamName('bench', 'note', String(number));
      insert.run(stream, revision, id, 'Noted', 'bench', JSON.stringify(data), JSON.stringify(metadata));
    }
  }
  database.exec('COMMIT');
  database.close();
  return openSqliteEventStore(file);
}
