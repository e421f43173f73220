import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { commandChangedNothing, decideWith, DecisionRunner } from '#deciding';
import type { CommandContext, DecisionCommand, Readers } from '#deciding';
import type { EventStore } from '#event-store';
import { openSqliteEventStore } from '#event-store/sqlite';
import { dyingAt } from '#event-store/testing';
import { EventCatalog, newId, StoreUnavailable, streamName } from '#kernel';
import type { StoredEvent } from '#kernel';
import { bodyEvents, RegisterBodyCommand } from '#organisation';
import { AdoptItemCommand } from '../item/adopt/adopt.js';
import { DiscontinueItemCommand } from '../item/discontinue/discontinue.js';
import { itemEvents } from '../item/item.events.js';
import { ids, plan } from '../item/testing/item.examples.js';
import { HeldNumbers } from '../numbers/held-numbers.js';
import { numberEvents } from '../numbers/number.js';
import { AdoptPlanCommand } from '../plan/plan.commands.js';
import { planEvents } from '../plan/plan.events.js';
import { DefineScaleCommand } from '../scale/scale.commands.js';
import { scaleEvents } from '../scale/scale.events.js';
import { revisionJobOf } from './carry-out-revision.job.js';
import { DecideRevisionCommand } from './revision.commands.js';
import type { RevisionStep } from './revision.events.js';
import { RevisionProcess } from './revision-process.js';
import { RevisionRehearsal } from './revision-rehearsal.js';

const tenant = 'uppsala';
const catalog = new EventCatalog(
  [commandChangedNothing, bodyEvents, scaleEvents, planEvents, itemEvents, numberEvents].flat(),
);
const clock = { now: () => new Date('2025-09-15T12:00:00Z') };
const day = '2025-10-01';
let newest = 100;

describe('A revision of many items', () => {
  let folder: string;
  let store: EventStore;

  const asked = (more: Partial<CommandContext> = {}): CommandContext => {
    const commandId = newId();
    const actor = { id: 'c', role: 'controller' as const };
    return { tenant, actor, commandId, correlationId: commandId, ...more };
  };
  const putTo = (log: EventStore) => {
    const runner = new DecisionRunner(log, catalog, clock);
    // A double of the documents, which tell of no number that was given without a claim.
    const readers = (reader: unknown) =>
      reader === HeldNumbers ? { holdersOf: () => Promise.resolve([]) } : new RevisionRehearsal(log, catalog, clock);
    return (command: DecisionCommand<any>) => decideWith(runner, command, readers as Readers);
  };
  const put = (command: DecisionCommand<any>) => putTo(store)(command);
  const processOn = (log: EventStore) => new RevisionProcess(log, catalog, putTo(log));
  const adopt = async (number: string, planId: string = ids.plan) => {
    const id = newId();
    await put(new AdoptItemCommand(id, { planId, kind: 'uppdrag', number, title: `Uppdrag ${number}` }, asked()));
    return id;
  };
  const decide = async (steps: readonly RevisionStep[], revisionId = newId()) => {
    const decision = { bodyId: ids.owner, date: '2025-09-01', paragraph: '§ 87' };
    const context = asked({ effectiveOn: day, decision });
    const { id: planId, revision: at } = await put(new DecideRevisionCommand(ids.plan, { revisionId, steps }, context));
    return { tenant, planId, at };
  };
  const eventsOf = async (itemId: string) => (await store.readStream(streamName(tenant, 'item', itemId))).slice(1);
  const ofPlan = () => store.readStream(streamName(tenant, 'plan', ids.plan));
  const told = (events: readonly StoredEvent[]) =>
    events.map(({ data, type }) => [type, data['number'] ?? data['title']]);
  const renumber = (itemId: string, number: string): RevisionStep => ({
    itemId,
    command: 'RenumberItem',
    data: { number },
  });
  const reword = (itemId: string, title: string): RevisionStep => ({ itemId, command: 'RewordItem', data: { title } });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-revision-'));
    store = openSqliteEventStore(join(folder, 'events.db'));
    const look = { label: 'Grön', meaning: 'Enligt plan', colour: 'green', icon: 'check' };
    const levels = ['completed', 'on-track'].map((code, index) => ({ ...look, code, rank: index + 1 }));
    await put(new DefineScaleCommand(ids.scale, { name: 'Färger', levels }, asked()));
    await put(new RegisterBodyCommand(ids.owner, { name: 'Nämnden', kind: 'board' }, asked()));
    const { series: _series, since: _since, status: _status, ...content } = plan;
    await put(new AdoptPlanCommand(ids.plan, content, asked()));
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  it('is one event, from which those of its items follow on the same ground', async () => {
    const [seven, eight] = [await adopt('7'), await adopt('8')];
    const place = await decide([renumber(seven, '8'), renumber(eight, '7'), reword(seven, 'Nytt')]);
    expect(await eventsOf(seven)).toEqual([]);
    const closed = await processOn(store).carryOut(place);
    const [decided, closing] = (await ofPlan()).slice(-2);
    expect([decided!.type, closing!.type]).toEqual(['RevisionDecided', 'RevisionCarriedOut']);
    expect(closed).toMatchObject({ id: closing!.id, data: { undone: [] } });
    expect(told(await eventsOf(seven))).toEqual([
      ['ItemRenumbered', '8'],
      ['ItemReworded', 'Nytt'],
    ]);
    const [event] = await eventsOf(eight);
    expect(event).toMatchObject({ type: 'ItemRenumbered', data: { number: '7' } });
    const { actor, correlationId, decision } = decided!.metadata;
    expect(event!.metadata).toMatchObject({
      actor,
      correlationId,
      decision,
      causationId: decided!.id,
      effectiveOn: day,
    });
    expect(closing!.metadata).toMatchObject({ causationId: decided!.id, actor: { id: 'revision-process' } });
  });

  it('adopts items that its later steps speak of', async () => {
    const [older, newer] = [await adopt('7'), newId()];
    const place = await decide([
      { itemId: newer, command: 'AdoptItem', data: { planId: ids.plan, kind: 'uppdrag', title: 'Nytt' } },
      { itemId: older, command: 'SucceedItem', data: { successorId: newer, kind: 'replaced' } },
      {
        itemId: older,
        command: 'DiscontinueItem',
        data: { reason: 'replaced', comment: 'Ersätts' },
        effectiveOn: '2025-12-31',
      },
    ]);
    await processOn(store).carryOut(place);
    expect((await eventsOf(older)).map(({ metadata, type }) => [type, metadata.effectiveOn])).toEqual([
      ['ItemSucceeded', day],
      ['ItemDiscontinued', '2025-12-31'],
    ]);
    expect(await store.readStream(streamName(tenant, 'item', newer))).toMatchObject([
      { metadata: { effectiveOn: day } },
    ]);
  });

  const places = Array.from({ length: 4 }, (_, append) => append).flatMap((append) =>
    (['before', 'after'] as const).map((when): [number, 'before' | 'after'] => [append, when]),
  );

  it.each(places)('is carried out once by another where it was cut off at append %i, %s it', async (append, when) => {
    const [seven, eight] = [await adopt('7'), await adopt('8')];
    const place = await decide([renumber(seven, '8'), renumber(eight, '7'), reword(eight, 'Nytt')]);
    await expect(processOn(dyingAt(store, append, when)).carryOut(place)).rejects.toThrow(StoreUnavailable);
    await processOn(store).carryOut(place);
    await processOn(store).carryOut(place);
    expect(told(await eventsOf(seven))).toEqual([['ItemRenumbered', '8']]);
    expect(told(await eventsOf(eight))).toEqual([
      ['ItemRenumbered', '7'],
      ['ItemReworded', 'Nytt'],
    ]);
    expect((await ofPlan()).filter(({ type }) => type === 'RevisionCarriedOut')).toHaveLength(1);
  });

  it('is carried out once by several at once, in processes of their own', async () => {
    const items = await Promise.all(['1', '2', '3', '4', '5'].map((number) => adopt(number)));
    const place = await decide(
      items.flatMap((id, index) => [renumber(id, `${index + 11}`), reword(id, `Nytt ${index}`)]),
    );
    const others = [1, 2].map(() => openSqliteEventStore(join(folder, 'events.db')));
    const closings = await Promise.all([store, ...others].map((log) => processOn(log).carryOut(place)));
    for (const log of others) await log.close();
    expect(new Set(closings.map(({ id }) => id)).size).toBe(1);
    for (const id of items)
      expect((await eventsOf(id)).map(({ type }) => type)).toEqual(['ItemRenumbered', 'ItemReworded']);
  });

  it('leaves nothing out for a step that something else has come in the way of, and says which and why', async () => {
    const [seven, eight] = [await adopt('7'), await adopt('8')];
    const place = await decide([reword(seven, 'Nytt'), reword(eight, 'Nytt')]);
    const end = { reason: 'decided', comment: 'Beslut i KF' } as const;
    await put(new DiscontinueItemCommand(seven, end, asked({ effectiveOn: '2025-09-01' })));
    const { data } = await processOn(store).carryOut(place);
    expect(data.undone).toMatchObject([{ step: 0, itemId: seven, code: 'rule-violation', rule: 'item-in-force' }]);
    expect(data.undone[0]!.told.sv).toContain('2025-09-01');
    expect(told(await eventsOf(eight))).toEqual([['ItemReworded', 'Nytt']]);
  });

  it('is refused with everything that is wrong, and nothing is recorded', async () => {
    const seven = await adopt('7');
    const { series: _series, since: _since, status: _status, ...content } = plan;
    const other = newId();
    await put(new AdoptPlanCommand(other, content, asked()));
    const stranger = await adopt('1', other);
    const head = await store.head();
    const steps = [
      reword(newId(), 'Finns inte'),
      reword(seven, 'Nytt'),
      { itemId: seven, command: 'MoveItem', data: { parents: [seven] } },
      reword(stranger, 'En annan plans'),
    ];
    await expect(decide(steps)).rejects.toMatchObject({
      code: 'revision-refused',
      refused: [
        { step: 0, error: { code: 'not-found' } },
        { step: 2, error: { rule: 'items-nest' } },
        { step: 3, error: { rule: 'item-of-plan' } },
      ],
    });
    expect(await store.head()).toBe(head);
  });

  it('of nothing is none', async () => {
    const seven = await adopt('7');
    const head = await store.head();
    await decide([renumber(seven, '7')]);
    expect(await store.head()).toBe(head);
  });

  it('is alone in its plan until it is carried out', async () => {
    const seven = await adopt('7');
    const place = await decide([reword(seven, 'Nytt')]);
    await expect(decide([reword(seven, 'Nyare')])).rejects.toMatchObject({ rule: 'revision-under-way' });
    await processOn(store).carryOut(place);
    await processOn(store).carryOut(await decide([reword(seven, 'Nyare')]));
    expect(told(await eventsOf(seven))).toEqual([
      ['ItemReworded', 'Nytt'],
      ['ItemReworded', 'Nyare'],
    ]);
  });

  it('leads to one job, which finds it', async () => {
    const place = await decide([reword(await adopt('7'), 'Nytt')]);
    const jobs = (await ofPlan()).flatMap((event) => revisionJobOf(event, catalog) ?? []);
    expect(jobs).toMatchObject([{ tenant, data: place }]);
    await expect(processOn(store).carryOut({ ...place, at: 0 })).rejects.toMatchObject({ code: 'not-found' });
  });

  it('leaves every item as it was decided, whoever is killed wherever, with each event once', async () => {
    const step = fc.record({ item: fc.nat(3), to: fc.nat(5), how: fc.constantFrom('number', 'title') });
    const kill = fc.record({ append: fc.nat(6), when: fc.constantFrom('before' as const, 'after' as const) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 1, maxLength: 8 }),
        fc.array(kill, { maxLength: 3 }),
        async (wanted, kills) => {
          const run = newest++;
          const items = await Promise.all(['a', 'b', 'c', 'd'].map((own) => adopt(`${run}${own}`)));
          const steps = wanted.map(({ how, item, to }) =>
            how === 'number' ? renumber(items[item]!, `${run}-${to}`) : reword(items[item]!, `Nytt ${to}`),
          );
          const numbers = items.flatMap((id) => {
            const last = steps.findLast(({ command, itemId }) => itemId === id && command === 'RenumberItem');
            return last ? [last.data['number']] : [];
          });
          const before = (await ofPlan()).length;
          if (new Set(numbers).size < numbers.length) {
            await expect(decide(steps)).rejects.toMatchObject({ code: 'revision-refused' });
            expect((await ofPlan()).length).toBe(before);
            return;
          }
          const place = await decide(steps);
          for (const { append, when } of kills) {
            await processOn(dyingAt(store, append, when))
              .carryOut(place)
              .catch((error: unknown) => expect(error).toBeInstanceOf(StoreUnavailable));
          }
          await processOn(store).carryOut(place);
          for (const [index, id] of items.entries()) {
            const own = steps.filter(({ itemId }) => itemId === items[index]);
            const events = (await eventsOf(id)).filter(({ type }) => type !== commandChangedNothing.type);
            const last = (command: string, name: string) => own.findLast((one) => one.command === command)?.data[name];
            const lastTold = (name: string) => events.findLast(({ data }) => name in data)?.data[name];
            expect(lastTold('title')).toBe(last('RewordItem', 'title'));
            expect(lastTold('number')).toBe(last('RenumberItem', 'number'));
            expect(new Set(events.map(({ metadata }) => metadata.commandId)).size).toBe(events.length);
          }
          expect((await ofPlan()).length).toBe(before + 2);
        },
      ),
      { numRuns: 15 },
    );
  });
});
