import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'libsql';
import { openSqliteDocumentStore } from '../../dist/libs/document-store/src/sqlite/index.js';
import { apiWith } from './api.mjs';
import { followedPlan, itemId, middleOf, planId, roundId } from './followed-plan.mjs';
import { inFolder, now, pairsOf, rowOf } from './measuring.mjs';
import { projectorOn } from './projector.mjs';
import { logFrom } from './story.mjs';

const timesAsked = 10;
const small = { items: 300, assessments: 60 };
/** Twenty years, and a plan of a whole municipality; a few years and a large plan where `large` is not asked for. */
const sizesOf = (large) =>
  large
    ? { wide: { items: 3_000, assessments: 60 }, long: { items: 300, assessments: 1_200 } }
    : { wide: { items: 1_200, assessments: 60 }, long: { items: 300, assessments: 240 } };

/** What users ask of a plan, by how many items and how long a history it has, and beside the bare store. */
export const questionRows = (large) =>
  inFolder(async (folder) => {
    const { long, wide } = sizesOf(large);
    const plans = {};
    for (const [name, size] of Object.entries({ small, wide, long })) plans[name] = await planOf(folder, name, size);
    try {
      const rows = [];
      const against = async (work, limits, [name, question], [otherName, otherQuestion]) => {
        const sides = [plans[name].asking(question), plans[otherName].asking(otherQuestion)];
        const pairs = await pairsOf(...sides);
        const told = ({ assessments, items }) => `${items} × ${assessments}`;
        const where = name === otherName ? 'the same for now' : told(plans[otherName].size);
        rows.push(rowOf({ work: `${work}, ${told(plans[name].size)}`, unit: 'ms', against: where, ...limits }, pairs));
      };
      for (const question of ['items', 'coverage', 'coverageOfBody', 'changes']) {
        for (const name of ['wide', 'long']) {
          await against(`page of ${question}`, { most: 1.5 }, [name, question], ['small', question]);
        }
      }
      await against('overview', { most: 1.2 }, ['long', 'overview'], ['small', 'overview']);
      await against('overview', { most: 10 }, ['wide', 'overview'], ['small', 'overview']);
      for (const name of ['small', 'long']) {
        await against('overview as of a day', { most: 2 }, [name, 'overviewThen'], [name, 'overview']);
        await against('page of items as of a day', { most: 2 }, [name, 'itemsThen'], [name, 'items']);
      }
      for (const question of ['items', 'coverage', 'changes', 'overview']) {
        const { bytes, documents, read } = await plans.small.bareReadOf(question);
        const pairs = await pairsOf(plans.small.asking(question), read);
        const bare = `the bare store's read of ${documents} rows, ${Math.round(bytes / 1024)} KiB`;
        rows.push(rowOf({ work: `${question}, 300 × 60`, unit: 'ms', against: bare, most: 3 }, pairs));
      }
      return rows;
    } finally {
      for (const plan of Object.values(plans)) await plan.close();
    }
  });

/** A plan with its documents, in an API of its own that is asked without a socket. */
async function planOf(folder, name, size) {
  const data = join(folder, name);
  await makePlan(data, size);
  const { ask, close } = await askedOf(data, size);
  return {
    size,
    asking: (question) => timed(() => ask(question)),
    bareReadOf: async (question) => bareRead(join(data, 'documents.db'), await readBy(() => ask(question))),
    close,
  };
}

/** The log of a plan in a folder of its own, and its documents. */
export async function makePlan(data, size) {
  mkdirSync(data);
  const log = await logFrom(data, 'events.db', followedPlan(size));
  const documents = openSqliteDocumentStore(join(data, 'documents.db'));
  const projector = projectorOn(log, documents);
  await projector.caughtUp();
  await projector.stop();
  await Promise.all([log.close(), documents.close()]);
}

/** An API on such a folder, that is asked by the names of questions. */
export async function askedOf(data, size) {
  const { app, token } = await apiOn(data);
  const routes = routesOf(size);
  const headers = { authorization: `Bearer ${token}` };
  return {
    questions: Object.keys(routes),
    async ask(question) {
      const { body, statusCode } = await app.getHttpAdapter().getInstance().inject({ url: routes[question], headers });
      if (statusCode !== 200) throw new Error(`${routes[question]}: ${statusCode} ${body}`);
    },
    close: () => app.close(),
  };
}

function routesOf({ assessments }) {
  const asOf = middleOf(assessments);
  return {
    items: `/v1/plans/${planId}/items?limit=20`,
    itemsThen: `/v1/plans/${planId}/items?limit=20&asOf=${asOf}`,
    overview: `/v1/plans/${planId}/overview`,
    overviewThen: `/v1/plans/${planId}/overview?asOf=${asOf}`,
    coverage: `/v1/rounds/${roundId(0)}/coverage?limit=20`,
    coverageOfBody: `/v1/rounds/${roundId(0)}/coverage?limit=1&entryLimit=20`,
    changes: `/v1/plans/${planId}/changes?from=2005-01-01&to=2100-01-01&limit=20`,
    differences: `/v1/rounds/${roundId(0)}/differences?limit=20`,
    timeline: `/v1/items/${itemId(0)}/timeline?limit=20`,
    appendix: `/v1/plans/${planId}/appendix?newer=${planId}`,
    revisions: `/v1/plans/${planId}/revisions`,
    reorganisations: '/v1/reorganisations',
    loads: '/v1/loads',
  };
}

async function apiOn(data) {
  const { app, token } = await apiWith({ SPARBAR_DATA: data });
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return { app, token };
}

/** How many milliseconds something takes, by several turns. */
const timed = (work) => async () => {
  const from = now();
  for (let turn = 0; turn < timesAsked; turn++) await work();
  return (now() - from) / timesAsked;
};

/** Which documents a question reads, by collection. */
async function readBy(ask) {
  const store = Object.getPrototypeOf(openSqliteDocumentStore(':memory:'));
  const { find, get, getMany } = store;
  const ids = new Map();
  const noting = (read) =>
    async function (collection, ...others) {
      const found = await read.call(this, collection, ...others);
      const known = ids.get(collection) ?? ids.set(collection, new Set()).get(collection);
      for (const { _id } of [found ?? []].flat()) known.add(_id);
      return found;
    };
  Object.assign(store, { find: noting(find), get: noting(get), getMany: noting(getMany) });
  try {
    await ask();
  } finally {
    Object.assign(store, { find, get, getMany });
  }
  return ids;
}

/** The same documents read by their ids from a table of their own, in one statement, and parsed. */
function bareRead(file, read) {
  const database = new Database(file);
  database.exec('CREATE TEMP TABLE asked (id TEXT PRIMARY KEY, body TEXT NOT NULL) WITHOUT ROWID');
  for (const [collection, ids] of read) {
    const copy = database.prepare(`INSERT OR IGNORE INTO asked SELECT id, body FROM "c:${collection}" WHERE id = ?`);
    for (const id of ids) copy.run(id);
  }
  const all = database.prepare("SELECT id, body FROM asked WHERE id >= '' ORDER BY id").raw();
  const rows = all.all();
  return {
    documents: rows.length,
    bytes: rows.reduce((sum, [, body]) => sum + body.length, 0),
    read: timed(() => all.all().map(([, body]) => JSON.parse(body))),
  };
}
