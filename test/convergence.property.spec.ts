import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bodyIdOf } from '#organisation';
import { itemIdOf, itemStatus, planIdOf } from '#planning';
import type { ItemDocument } from '#planning';
import { ProjectionAdmin, ReadModels } from '#projecting';
import { roundIdOf } from '#rounds';
import { plans, RunningSystem, tenant } from './support/running-system.js';

const plan = planIdOf(tenant, 'amn-verksamhetsplan-2025');
const itemsTouched = ['uppdrag-1', 'uppdrag-2', 'uppdrag-3'].map((key) => itemIdOf(tenant, plan, key));
const bodies = ['amn', 'ks'].map((key) => bodyIdOf(tenant, key));
const rounds = ['april-2025', 'augusti-2025'].map((key) => roundIdOf(tenant, plan, key));
const toCome = ['2998-01-01', '2999-06-30'];
const past = ['2024-06-01', '2025-01-15', '2025-03-31', '2025-06-30', '2025-08-31', '2025-12-31'];
const day = fc.constantFrom(...past, ...toCome);

/** A command over HTTP: some are repeated, some raced, some refused by a rule. */
const command = fc.record({
  item: fc.constantFrom(...itemsTouched),
  times: fc.constantFrom(1, 1, 1, 2, 3),
  what: fc.oneof(
    fc.record({
      path: fc.constant('reword'),
      body: fc.record({ title: fc.constantFrom('Fler i arbete', 'Färre utanför', 'Ny lydelse'), effectiveOn: day }),
    }),
    fc.record({
      path: fc.constant('renumber'),
      body: fc.record({ number: fc.constantFrom('1', '7', '34'), effectiveOn: day }),
    }),
    fc.record({ path: fc.constant('retain'), body: fc.record({ effectiveOn: day }) }),
    fc.record({
      path: fc.constant('complete'),
      body: fc.record({ effectiveOn: fc.constantFrom('2025-12-31', '2999-01-01') }),
    }),
    fc.record({
      path: fc.constant('assessments'),
      body: fc.record({
        roundId: fc.constantFrom(...rounds),
        bodyId: fc.constantFrom(...bodies),
        level: fc.constantFrom('on-track', 'delayed', 'not-carried-out', 'blue'),
        motivation: fc.constantFrom('Enligt plan', 'Försenad'),
      }),
    }),
    fc.record({ path: fc.constant('withdrawal'), body: fc.record({ reason: fc.constant('Fel uppdrag') }) }),
  ),
});

describe('For random histories', () => {
  let system: RunningSystem;
  let controller: string;

  beforeAll(async () => {
    system = await RunningSystem.start();
    controller = await system.token('controller');
    await system.load(...plans);
  });
  afterAll(() => system.stop());

  it('the live documents, a rebuild and a replay agree', async () => {
    let run = 0;
    const seen = new Set<number>();
    await fc.assert(
      fc.asyncProperty(fc.array(command, { minLength: 5, maxLength: 45 }), async (commands) => {
        run++;
        const made: { item: string; assessmentId: string }[] = [];
        for (const [index, { item, times, what }] of commands.entries()) {
          const withdrawn = made.at(-1);
          if (what.path === 'withdrawal' && !withdrawn) continue;
          const url =
            what.path === 'withdrawal'
              ? `items/${withdrawn!.item}/assessments/${withdrawn!.assessmentId}/withdrawal`
              : `items/${item}/${what.path}`;
          const headers = { 'Idempotency-Key': `run-${run}-${index}` };
          const answers = await Promise.all(
            Array.from({ length: times }, () => system.request('POST', `/v1/${url}`, controller, what.body, headers)),
          );
          for (const { body, status } of answers) {
            seen.add(status);
            expect([200, 409]).toContain(status);
            if (body.assessmentId) made.push({ item, assessmentId: body.assessmentId });
          }
          expect(new Set(answers.map(({ body }) => body.position)).size).toBe(1);
        }
        await agree(system);
      }),
      { numRuns: 8 },
    );
    // The histories would prove little if nothing in them had been refused.
    expect([...seen].sort()).toEqual([200, 409]);
    const before = await documents(system);
    const administrator = await system.token('administrator');
    const generations = async () => {
      const statuses = await system.app.get(ProjectionAdmin).status();
      const { generations: count, rebuilding } = statuses.find(({ name }) => name === 'item-status')!;
      return { count, rebuilding };
    };
    const { count } = await generations();
    expect((await system.request('POST', '/v1/projections/item-status/rebuild', administrator)).status).toBe(202);
    const deadline = Date.now() + 15_000;
    for (let now = await generations(); now.count === count || now.rebuilding; now = await generations()) {
      if (Date.now() > deadline) throw new Error('The rebuild did not finish');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    await agree(system);
    for (const name of ['item-contributions', 'item-sheets']) {
      expect(await system.app.get(ProjectionAdmin).verify(name)).toMatchObject({ differing: 0 });
    }
    expect(await documents(system)).toEqual(before);
  }, 90_000);
});

async function documents(system: RunningSystem): Promise<ItemDocument[]> {
  const readModels = system.app.get(ReadModels);
  await readModels.waitFor(await system.stores.eventStore.head());
  return readModels.find(itemStatus, { tenant }, { sort: { sortKey: 1 } });
}

/** What documents tell of now is what a replay of the log tells, item by item and plan by plan; and all of them are what it says. */
async function agree(system: RunningSystem): Promise<void> {
  const reader = await system.token('reader');
  const get = async (url: string) => (await system.request('GET', `/v1/${url}`, reader)).body as unknown;
  const always = 'knownAt=9999-12-31T00:00:00Z';
  await documents(system);
  const urls = itemsTouched.map((item) => `items/${item}?`);
  for (const url of [...urls, `plans/${plan}/items?limit=500`, `plans/${plan}/overview?`]) {
    const { knownAt: _, ...told } = (await get(`${url}&${always}`)) as { knownAt: string; asOf: string };
    const today = await get(url);
    expect(today).toEqual(told);
    expect(await get(`${url}&asOf=${told.asOf}`)).toEqual(today);
  }
  // What is to come is so on its day, without anything being recorded then.
  for (const asOf of toCome) {
    for (const url of urls) {
      const { coming } = (await get(url)) as { coming: readonly { on: string; property: string; value: unknown }[] };
      const then = (await get(`${url}asOf=${asOf}`)) as Record<string, unknown>;
      const newest = new Map(coming.filter(({ on }) => on <= asOf).map(({ property, value }) => [property, value]));
      if (newest.has('title')) expect(then['title']).toBe(newest.get('title'));
      if (newest.has('number')) expect(then['number']).toBe(newest.get('number'));
      if (newest.has('lifecycle')) expect(then['lifecycle']).toMatchObject(newest.get('lifecycle') as object);
    }
  }
  for (const name of ['item-status', 'plan-history', 'plan-changes']) {
    expect(await system.app.get(ProjectionAdmin).verify(name)).toMatchObject({ differing: 0 });
  }
}
