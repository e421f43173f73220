import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, install } from '../installation.mjs';
import { serverToMeasure } from './kurrentdb.mjs';
import { inFolder, pairsOf, rowOf } from './measuring.mjs';

const tenant = 'uppsala';
const itemsOfPlan = 300;

/**
 * How long a freeze takes: the fold of a tenant's log into the bytes of a snapshot.
 * @param sizes how many events the logs have; the first freeze of 300 items has 50,000
 * @returns rows of `work`, `measured`, `reach` and `held`
 */
export async function benchSnapshots({ sizes = [10_000, 100_000, 1_000_000] } = {}) {
  const { foldSnapshot } = await import('../../dist/libs/snapshots/src/index.js');
  const { eventCatalog } = await import('../../dist/libs/running/src/contracts.js');
  const catalog = eventCatalog();
  const folder = mkdtempSync(join(tmpdir(), 'sparbar-snapshots-'));
  const rows = [];
  /** The best of a few turns: others on the machine only ever make it slower. */
  const fold = async (events, turns) => {
    const store = await logOf(join(folder, `${events}-${turns}.db`), events);
    const bound = { tenant, roundId: (await idsOf()).round, issue: 1 };
    let [took, raw, folded] = [Infinity, Infinity, undefined];
    for (let turn = 0; turn < turns; turn++) {
      raw = Math.min(raw, await readThrough(store));
      const from = performance.now();
      folded = await foldSnapshot(store, catalog, bound);
      took = Math.min(took, performance.now() - from);
    }
    await store.close();
    const assessed = folded.snapshot.items.filter(({ status }) => status !== null).length;
    if (assessed !== itemsOfPlan) throw new Error(`${assessed} of ${itemsOfPlan} items are assessed`);
    console.error(`a freeze from ${folded.events} events: ${took.toFixed(0)} ms, reading alone ${raw.toFixed(0)} ms`);
    return { read: folded.events, took, raw, bytes: folded.bytes.length };
  };
  try {
    // The first fold of a process also compiles.
    await fold(5_000, 1);
    const freeze = await fold(50_000, 3);
    rows.push({
      work: `a freeze of ${itemsOfPlan} items, 50,000 events`,
      measured: `${freeze.took.toFixed(0)} ms, ${(freeze.took / freeze.raw).toFixed(2)} of reading the log (${Math.round(freeze.bytes / 1024)} KiB)`,
      reach: '≤ 2 s',
      held: freeze.took <= 2_000 ? 'yes' : 'NO',
    });
    const rates = [];
    for (const size of sizes) {
      const { raw, read, took } = await fold(size, size > 500_000 ? 1 : 2);
      rates.push({ perEvent: (took / read) * 1_000, ofReading: took / raw });
    }
    // What grows linearly costs no more for each event of a long log than for each of a short one.
    const [first, last] = [rates[0], rates.at(-1)];
    const growth = last.perEvent / first.perEvent;
    rows.push({
      work: `a freeze from ${sizes.map((size) => size.toLocaleString('en')).join(', ')} events`,
      measured: `${rates.map(({ perEvent }) => perEvent.toFixed(1)).join(', ')} µs an event; ${rates.map(({ ofReading }) => ofReading.toFixed(2)).join(', ')} of reading the log`,
      reach: 'the last ≤ 1.5 of the first',
      held: growth <= 1.5 ? 'yes' : 'NO',
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
  return rows;
}

const eventsOfTenant = 5_000;
const eventsOfOthers = 50_000;

/** A freeze of 300 items from the streams of its plan in a log in which others have ten times as much. */
export const besideOthersRows = () =>
  inFolder(async (folder) => {
    const { copyLog } = await import('../../dist/libs/event-store/src/index.js');
    const { openKurrentEventStore } = await import('../../dist/libs/event-store/src/kurrentdb/index.js');
    const alone = await logOf(join(folder, 'alone.db'), eventsOfTenant);
    const beside = await logOf(join(folder, 'beside.db'), eventsOfTenant, eventsOfOthers);
    const server = await serverToMeasure();
    const onServer = openKurrentEventStore(server.url);
    try {
      await copyLog(beside, onServer);
      const work = `a freeze of ${itemsOfPlan} items beside ten times as much of other tenants`;
      const sides = async (ours, theirs) => pairsOf(await freezing(ours), await freezing(...theirs), 3);
      const byIndex = { work, unit: 'ms', against: 'the same without them', most: 1.2 };
      const onSqlite = { work, unit: 'ms', against: 'one from all that the tenant has recorded' };
      return [
        rowOf(byIndex, await sides(beside, [alone])),
        rowOf(onSqlite, await sides(beside, [beside, false])),
        rowOf({ ...onSqlite, work: `${server.name}: ${work}` }, await sides(onServer, [onServer, false])),
      ];
    } finally {
      await Promise.all([alone, beside, onServer].map((store) => store.close()));
      await server.end();
    }
  });

/** Freezes again and again. @param byStreams from the streams of the plan, which are named by an index, or from the log */
async function freezing(store, byStreams = true) {
  const { foldSnapshot } = await import('../../dist/libs/snapshots/src/index.js');
  const { eventCatalog } = await import('../../dist/libs/running/src/contracts.js');
  const { plan, round } = await idsOf();
  const named = await streamsNamed(store, plan);
  const options = byStreams ? { streams: { of: async () => named } } : {};
  return async () => {
    const from = performance.now();
    await foldSnapshot(store, eventCatalog(), { tenant, roundId: round, issue: 1 }, options);
    return performance.now() - from;
  };
}

/** The streams that the plan rests on. */
async function streamsNamed(store, plan) {
  const named = new Set();
  for (let after; ;) {
    const page = await store.readAll({ limit: 2_000, ...(after && { after }) });
    if (page.length === 0) return [...named];
    for (const { data, metadata, stream } of page) {
      const ofTenant = data.planId === undefined || stream.endsWith(plan);
      if (metadata.tenant === tenant && (ofTenant || data.planId === plan)) named.add(stream);
    }
    after = page.at(-1).position;
  }
}

/** The same pages, and nothing done with them. */
async function readThrough(store) {
  const from = performance.now();
  for (let after; ;) {
    const page = await store.readAll({ tenant, limit: 2_000, ...(after && { after }) });
    if (page.length === 0) return performance.now() - from;
    after = page.at(-1).position;
  }
}

async function idsOf() {
  const { idOf } = await import('../../dist/libs/kernel/src/index.js');
  const of = (...parts) => idOf('bench', ...parts);
  return {
    of,
    round: of('round', '0'),
    plan: of('plan'),
    scale: of('scale'),
    owner: of('body', '0'),
  };
}

/** A log of so many events of the tenant and of others, straight into the table. */
async function logOf(file, count, others = 0) {
  const { default: Database } = await import('libsql');
  const { openSqliteEventStore } = await import('../../dist/libs/event-store/src/sqlite/index.js');
  await openSqliteEventStore(file).close();
  const database = new Database(file);
  database.pragma('synchronous = OFF');
  const insert = database.prepare(
    'INSERT INTO events (stream, revision, id, type, tenant, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  database.exec('BEGIN');
  const record = ({ data, id, metadata, revision, stream, type }) =>
    insert.run(stream, revision, id, type, metadata.tenant, JSON.stringify(data), JSON.stringify(metadata));
  const { idOf } = await import('../../dist/libs/kernel/src/index.js');
  let made = 0;
  for (const event of await storyOf(count)) {
    record(event);
    // As many of others beside each; all of them say the same.
    for (let other = 0; other < others / count && event.type === 'ItemAssessed'; other++, made++) {
      const metadata = { ...event.metadata, tenant: 'umea' };
      const [stream, revision] = [`umea.item-${idOf('other', String(Math.floor(made / 1_000)))}`, made % 1_000];
      record({ ...event, stream, revision, id: idOf('other-event', String(made)), metadata });
    }
  }
  database.exec('COMMIT');
  database.close();
  return openSqliteEventStore(file);
}

/**
 * A tenant with a plan of 300 items that is followed up, and other plans beside it: a tenth of the assessments are of
 * the plan, over its rounds. The round that is frozen assesses every item of it twice, the second time corrected.
 */
async function storyOf(count) {
  const { idOf } = await import('../../dist/libs/kernel/src/index.js');
  const { of, owner, plan, round, scale } = await idsOf();
  const revisions = new Map();
  let number = 0;
  const event = (category, subject, type, data, effectiveOn = '2025-01-01') => {
    const stream = `${tenant}.${category}-${subject}`;
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const id = idOf('bench-event', String(number++));
    const metadata = {
      tenant,
      schema: 1,
      recordedAt: new Date(Date.UTC(2025, 0, 1) + number * 10).toISOString(),
      effectiveOn,
      actor: { id: 'bench', role: 'controller' },
      commandId: id,
      commandDigest: '0',
      correlationId: id,
      causationId: id,
    };
    return { stream, revision, id, type, data, metadata };
  };
  return (function* () {
    const levels = ['on-track', 'delayed'].map((code, index) => ({
      ...{ code, label: code, meaning: code, colour: 'green', icon: 'check', rank: index + 1 },
    }));
    yield event('scale', scale, 'ScaleDefined', { scaleId: scale, name: 'Skala', version: 1, levels });
    const bodies = Array.from({ length: 20 }, (_, index) => of('body', String(index)));
    for (const bodyId of bodies) {
      yield event('body', bodyId, 'BodyRegistered', { bodyId, name: `Nämnd ${bodyId}`, kind: 'board' });
    }
    const kinds = [
      { code: 'fokusmal', label: 'Fokusmål', plural: 'Fokusmål', order: 1, parents: [] },
      { code: 'uppdrag', label: 'Uppdrag', plural: 'Uppdrag', order: 2, parents: ['fokusmal'] },
    ];
    yield event('plan', plan, 'PlanAdopted', {
      planId: plan,
      title: 'Verksamhetsplan',
      owner: { bodyId: owner, role: 'Controller' },
      validity: { from: '2025-01-01' },
      scale: { scaleId: scale, version: 1 },
      kinds,
      documents: [],
      calendar: [],
    });
    const items = Array.from({ length: itemsOfPlan }, (_, index) => of('item', String(index)));
    for (const [index, itemId] of items.entries()) {
      yield event('item', itemId, 'ItemAdopted', {
        ...{ itemId, planId: plan, kind: index < 10 ? 'fokusmal' : 'uppdrag', number: String(index) },
        ...{ title: `Uppdrag nummer ${index}`, parents: index < 10 ? [] : [items[index % 10]] },
        ...{ responsible: [bodies[index % 20]], documents: [], expectedEffects: [] },
      });
    }
    const rounds = Array.from({ length: 9 }, (_, index) => of('round', String(index)));
    for (const [index, roundId] of rounds.entries()) {
      const day = `${2025 - index}-08-31`;
      yield event('round', roundId, 'RoundOpened', {
        ...{ roundId, planId: plan, kind: 'augusti', label: `Augusti ${2025 - index}`, year: 2025 - index },
        ...{ referenceDate: day, deadline: day, scope: ['fokusmal', 'uppdrag'] },
      });
    }
    const assessed = (itemId, planId, roundId, turn) => {
      const assessmentId = idOf('bench-assessment', String(number));
      const about = { itemId, planId, assessmentId, roundId, bodyId: owner, capacity: 'owner' };
      const said = {
        level: turn % 2 ? 'on-track' : 'delayed',
        motivation: `Arbetet går framåt (${turn})`,
        evidence: [],
      };
      return { about, data: { ...about, scale: { scaleId: scale, version: 1 }, ...said }, said };
    };
    // What fills the log: other plans mostly, and earlier rounds of this one.
    const last = itemsOfPlan * 3 + 1;
    for (let turn = 0; number < count - last; turn++) {
      const own = turn % 10 === 0;
      const itemId = own ? items[(turn / 10) % itemsOfPlan] : of('other', String(turn % 5_000));
      const roundId = own ? rounds[1 + (Math.floor(turn / (itemsOfPlan * 10)) % 8)] : of('other-round');
      const { data } = assessed(itemId, own ? plan : of('other-plan'), roundId, turn);
      yield event('item', itemId, 'ItemAssessed', data, '2025-01-01');
    }
    for (const [index, itemId] of items.entries()) {
      yield event('item', itemId, 'ItemAssessed', assessed(itemId, plan, round, index).data, '2025-08-31');
      const { about, data, said } = assessed(itemId, plan, round, index + 1);
      yield event('item', itemId, 'ItemAssessed', data, '2025-08-31');
      const corrected = { ...about, ...said, motivation: 'Rättad', reason: 'Fel siffra' };
      yield event('item', itemId, 'AssessmentCorrected', corrected, '2025-08-31');
    }
    yield event('round', round, 'RoundFrozen', { roundId: round, planId: plan, issue: 1, rule: 1, missing: [] });
  })();
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  install();
  build();
  console.table(await benchSnapshots());
}
