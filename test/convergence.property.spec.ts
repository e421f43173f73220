import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CommandBus } from '@nestjs/cqrs';
import fc from 'fast-check';
import type { DecisionCommand, Receipt } from '#deciding';
import { LoadTaking, PlanLoader, TakeBackLoadCommand } from '#importing';
import { EventCatalog, newId, StoreUnavailable } from '#kernel';
import { bodyIdOf, organisationIdOf, RegisterBodyCommand } from '#organisation';
import { ChangeResponsibleCommand, itemIdOf, itemStatus, planIdOf } from '#planning';
import type { ItemDocument } from '#planning';
import { ProjectionAdmin, ReadModels } from '#projecting';
import { DecideReorganisationCommand, ReorganisationProcess } from '#reorganising';
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

/** Decisions over many streams amid the commands: after which of them, and at which of their steps each of those is killed that carry them out. */
const overMany = fc.record({
  after: fc.nat(4),
  what: fc.constantFrom('merge', 'take-back'),
  dies: fc.array(fc.nat(6), { maxLength: 3 }),
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
      fc.asyncProperty(
        fc.array(command, { minLength: 5, maxLength: 45 }),
        fc.array(overMany, { maxLength: 2 }),
        async (commands, decisions) => {
          run++;
          const made: { item: string; assessmentId: string }[] = [];
          for (const [index, { item, times, what }] of commands.entries()) {
            for (const { dies, what: kind } of decisions.filter(({ after }) => after === index)) {
              await (kind === 'take-back' ? takeBack(system, dies) : reorganise(system, dies));
            }
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
        },
      ),
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

const since = { effectiveOn: '2025-01-01' };
const context = (more: object = {}) => ({
  ...{ tenant, actor: { id: 'c', role: 'controller' as const }, commandId: newId(), correlationId: newId() },
  ...more,
});
const executing =
  (system: RunningSystem) =>
  (command: DecisionCommand<any>): Promise<Receipt> =>
    system.app.get(CommandBus).execute(command);

/** Has something carried out by processes each of which is killed at a step, before or after it takes effect, and then by one that is not. */
async function killed(
  system: RunningSystem,
  dies: readonly number[],
  carryOut: (execute: (command: DecisionCommand) => Promise<Receipt>) => Promise<unknown>,
): Promise<void> {
  const execute = executing(system);
  for (const at of dies) {
    let left = at;
    const dying = async (command: DecisionCommand): Promise<Receipt> => {
      const isKilled = left-- === 0;
      const receipt = isKilled && at % 2 > 0 ? undefined : await execute(command);
      if (isKilled) throw new StoreUnavailable('log', new Error('killed'));
      return receipt!;
    };
    await carryOut(dying).catch((error: unknown) => {
      expect(error).toBeInstanceOf(StoreUnavailable);
    });
  }
  await carryOut(execute);
}

/** Of a load that tells what had been said long before, and should not have been loaded. */
async function takeBack(system: RunningSystem, dies: readonly number[]): Promise<void> {
  const key = `inlast-${newId()}`;
  const text = `sparbar: 2
history:
  key: ${key}
  plan: amn-verksamhetsplan-2025
  attested: { role: Ordförande, evidence: [{ kind: protocol, title: Protokoll }] }
  steps:
    - { key: a, on: 2025-03-31, reword: { item: uppdrag-1, title: ${key} ett } }
    - { key: c, on: 2025-03-31, assess: { round: april-2025, item: uppdrag-3, body: amn, level: delayed, motivation: ${key} } }
    - { key: b, on: 2025-06-30, reword: { item: uppdrag-2, title: ${key} två } }
`;
  const loader = { id: 'loader', role: 'controller' } as const;
  const { loadId } = await system.app.get(PlanLoader).load(text, key, { tenant, actor: loader });
  const asked = { takeBackId: newId(), reason: 'Fel fil' };
  const { revision: at } = await executing(system)(new TakeBackLoadCommand(loadId!, asked, context()));
  const { eventStore } = system.stores;
  await killed(system, dies, (execute) =>
    new LoadTaking(eventStore, system.app.get(EventCatalog), execute).carryOut({ tenant, loadId: loadId!, at }),
  );
}

/** Of a body that answers for items. */
async function reorganise(system: RunningSystem, dies: readonly number[]): Promise<void> {
  const execute = executing(system);
  const [ending, taker] = [newId(), newId()];
  for (const id of [ending, taker])
    await execute(new RegisterBodyCommand(id, { name: id, kind: 'board' }, context(since)));
  for (const item of itemsTouched) {
    await execute(new ChangeResponsibleCommand(item, { responsible: [ending] }, context(since)));
  }
  const reorganisationId = newId();
  const asked = { reorganisationId, kind: 'merged' as const, bodyId: ending, successors: [taker], named: [] };
  const decision = { bodyId: bodies[1]!, date: '2025-05-20', paragraph: '§ 87' };
  const decided = new DecideReorganisationCommand(
    organisationIdOf(tenant),
    asked,
    context({ effectiveOn: '2025-06-01', decision, confirm: ['group-has-members'] }),
  );
  const { revision: at } = await execute(decided);
  await killed(system, dies, (by) =>
    new ReorganisationProcess(system.stores.eventStore, system.app.get(EventCatalog), by).carryOut({ tenant, at }),
  );
}
