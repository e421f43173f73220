import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { AggregateLoader, commandChangedNothing, decideWith, DecisionRunner, Resting } from '#deciding';
import type { CommandContext, DecisionCommand, Readers } from '#deciding';
import type { EventStore } from '#event-store';
import { openSqliteEventStore } from '#event-store/sqlite';
import { dyingAt } from '#event-store/testing';
import type { DyingMoment } from '#event-store/testing';
import { DefineIndicatorCommand, indicatorEvents, indicators } from '#indicators';
import { EventCatalog, newId, StoreUnavailable, streamName } from '#kernel';
import {
  bodies,
  bodyEvents,
  ChangeGroupMembersCommand,
  DefineGroupCommand,
  DissolveBodyCommand,
  dissolutionOf,
  groupEvents,
  groups,
  membersOn,
  organisationIdOf,
  RegisterBodyCommand,
  reorganisationEvents,
} from '#organisation';
import type { NamedSuccessors, ReorganisationKind } from '#organisation';
import {
  AdoptItemCommand,
  AdoptPlanCommand,
  ChangeResponsibleCommand,
  CompleteItemCommand,
  DefineScaleCommand,
  DiscontinueItemCommand,
  HeldNumbers,
  itemEvents,
  itemStory,
  namingsOf,
  numberEvents,
  ownerOn,
  planEvents,
  plans,
  scaleEvents,
} from '#planning';
import { reorganisationJobOf } from './carry-out-reorganisation.job.js';
import { Possessions } from './possessions.js';
import { ReorganisationProcess } from './reorganisation-process.js';
import { ReorganisationRehearsal } from './reorganisation-rehearsal.js';
import { DecideReorganisationCommand, RevokeReorganisationCommand } from './reorganisation.commands.js';
import { commandOf } from './reorganisation.steps.js';
import { Revocation } from './revocation.js';

const tenant = 'uppsala';
const catalog = new EventCatalog(
  [
    commandChangedNothing,
    bodyEvents,
    groupEvents,
    reorganisationEvents,
    scaleEvents,
    planEvents,
    itemEvents,
    numberEvents,
    indicatorEvents,
  ].flat(),
);
const clock = { now: () => new Date('2025-09-15T12:00:00Z') };
const day = '2025-10-01';
const [before, after] = ['2025-09-30', '2026-06-01'];

describe('A body that ends', () => {
  const [ending, taker, other, owner] = [newId(), newId(), newId(), newId()] as [string, string, string, string];
  let folder: string;
  let store: EventStore;
  let ids: Readonly<
    Record<'plan' | 'ownPlan' | 'answersFor' | 'concerned' | 'completed' | 'indicator' | 'group', string>
  >;

  const asked = (more: Partial<CommandContext> = {}): CommandContext => {
    const commandId = newId();
    return { tenant, actor: { id: 'c', role: 'controller' }, commandId, correlationId: commandId, ...more };
  };
  const putTo = (log: EventStore) => {
    const runner = new DecisionRunner(log, catalog, clock);
    const possessions = new Possessions(log, catalog, new Resting(log));
    const rehearsal = new ReorganisationRehearsal(log, catalog, clock, possessions);
    const known = new Map<unknown, unknown>([
      [ReorganisationRehearsal, rehearsal],
      [Revocation, new Revocation(log, catalog, rehearsal)],
      // A double of the documents, which tell of no number that was given without a claim.
      [HeldNumbers, { holdersOf: () => Promise.resolve([]) }],
    ]);
    return (command: DecisionCommand<any>) => decideWith(runner, command, ((reader) => known.get(reader)) as Readers);
  };
  const put = (command: DecisionCommand<any>) => putTo(store)(command);
  const processOn = (log: EventStore) => new ReorganisationProcess(log, catalog, putTo(log));
  const organisation = organisationIdOf(tenant);
  const ofOrganisation = () => store.readStream(streamName(tenant, 'organisation', organisation));

  const decide = async (
    kind: ReorganisationKind,
    successors: readonly string[],
    { named = [], bodyId = ending }: { named?: readonly NamedSuccessors[]; bodyId?: string } = {},
  ) => {
    const reorganisationId = newId();
    const decision = { bodyId: owner, date: '2025-09-01', paragraph: '§ 87' };
    const { revision: at } = await put(
      new DecideReorganisationCommand(
        organisation,
        { reorganisationId, kind, bodyId, successors, named },
        asked({ effectiveOn: day, decision }),
      ),
    );
    return { reorganisationId, place: { tenant, at } };
  };
  const revoke = async (revokes: string) => {
    const data = { reorganisationId: newId(), revokes, reason: 'Beslutet upphävdes' };
    const { revision: at } = await put(new RevokeReorganisationCommand(organisation, data, asked()));
    return { tenant, at };
  };
  const stateOf = async (aggregate: Parameters<AggregateLoader['load']>[0], id: string): Promise<any> =>
    (await new AggregateLoader(store, catalog).load(aggregate, tenant, id)).state;

  /** Who is named where on a day. */
  const named = async (on: string) => {
    const whoseOn = async (itemId: string) => {
      const story = await itemStory(store, catalog, { tenant, itemId });
      return [ending, taker, other].flatMap((id) =>
        namingsOf(story, id, on).flatMap(({ bodies: all, property, since }) =>
          since === on ? [`${property}: ${all.map(called).join(', ')}`] : [],
        ),
      );
    };
    const plan = await stateOf(plans as never, ids.ownPlan);
    const { versions } = await stateOf(indicators as never, ids.indicator);
    const { memberships } = await stateOf(groups as never, ids.group);
    const dissolution = dissolutionOf(await stateOf(bodies as never, ending));
    return {
      answersFor: [...new Set(await whoseOn(ids.answersFor))],
      concerned: [...new Set(await whoseOn(ids.concerned))],
      completed: [...new Set(await whoseOn(ids.completed))],
      ownPlan: called(ownerOn(plan, on).bodyId),
      indicator: called(versions.findLast(({ since }: { since: string }) => since <= on).definition.ownerId),
      group: membersOn(memberships, on).map(called),
      isDissolved: dissolution !== undefined && dissolution.since <= on,
    };
  };
  const called = (id: string): string =>
    new Map([
      [ending, 'ending'],
      [taker, 'taker'],
      [other, 'other'],
      [owner, 'owner'],
    ]).get(id)!;
  const asItWas = {
    answersFor: ['responsible: ending'],
    concerned: ['concerned: ending, owner'],
    completed: ['responsible: ending'],
    ownPlan: 'ending',
    indicator: 'ending',
    group: ['ending', 'owner'],
    isDissolved: false,
  };
  const takenOver = {
    answersFor: ['responsible: taker'],
    concerned: ['concerned: taker, owner'],
    completed: ['responsible: taker'],
    ownPlan: 'taker',
    indicator: 'taker',
    group: ['taker', 'owner'],
    isDissolved: true,
  };

  const adopt = async (content: object, planId: string) => {
    const id = newId();
    const data = { planId, kind: 'uppdrag', title: 'Fler i arbete', ...content };
    await put(new AdoptItemCommand(id, data, asked({ effectiveOn: '2025-01-01' })));
    return id;
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-reorganisation-'));
    store = openSqliteEventStore(join(folder, 'events.db'));
    const look = { label: 'Grön', meaning: 'Enligt plan', colour: 'green', icon: 'check' };
    const levels = ['completed', 'on-track'].map((code, index) => ({ ...look, code, rank: index + 1 }));
    const [scale, plan, ownPlan, indicator, group] = [newId(), newId(), newId(), newId(), newId()] as const;
    await put(new DefineScaleCommand(scale, { name: 'Färger', levels }, asked()));
    const since = asked({ effectiveOn: '2025-01-01' });
    for (const id of [ending, taker, other, owner]) {
      await put(new RegisterBodyCommand(id, { name: called(id), kind: 'board' }, { ...since, commandId: newId() }));
    }
    const content = {
      title: 'Verksamhetsplan 2025',
      validity: { from: '2025-01-01' },
      scale: { scaleId: scale, version: 1 },
      kinds: [{ code: 'uppdrag', label: 'Uppdrag', plural: 'Uppdrag', order: 1, parents: [] }],
      documents: [],
      calendar: [],
    };
    const owned = (bodyId: string) => ({ ...content, owner: { bodyId, role: 'Ekonomidirektör' } });
    await put(new AdoptPlanCommand(plan, owned(owner), asked({ effectiveOn: '2025-01-01' })));
    await put(new AdoptPlanCommand(ownPlan, owned(ending), asked({ effectiveOn: '2025-01-01' })));
    const answersFor = await adopt({ responsible: [ending] }, plan);
    const concerned = await adopt({ concerned: { bodies: [ending, owner] } }, plan);
    const completed = await adopt({ responsible: [ending] }, plan);
    await put(new CompleteItemCommand(completed, {}, asked({ effectiveOn: '2025-06-01' })));
    const givenUp = await adopt({ responsible: [ending] }, plan);
    await put(
      new DiscontinueItemCommand(
        givenUp,
        { reason: 'decided', comment: 'Beslut i KF' },
        asked({ effectiveOn: '2025-06-01' }),
      ),
    );
    const members = { name: 'Alla', members: [ending, owner] };
    await put(new DefineGroupCommand(group, members, asked({ effectiveOn: '2025-01-01' })));
    const measure = { unit: 'procent', kind: 'share' };
    const described = { measure, direction: 'decrease' as const, source: 'Kolada', splitBySex: false };
    await put(
      new DefineIndicatorCommand(
        indicator,
        { planId: plan, name: 'Andel', ownerId: ending, itemIds: [answersFor], ...described },
        asked({ effectiveOn: '2025-01-01' }),
      ),
    );
    ids = { plan, ownPlan, answersFor, concerned, completed, indicator, group };
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  it('is one event, from which others take over all that it has from the day on', async () => {
    const { place } = await decide('merged', [taker]);
    expect(await named(day)).toEqual(asItWas);
    const closed = await processOn(store).carryOut(place);
    expect(closed.data.undone).toEqual([]);
    for (const on of [day, after]) expect(await named(on)).toEqual(takenOver);
    expect(await named(before)).toEqual(asItWas);
    const [decided, closing] = (await ofOrganisation()) as [any, any];
    expect([decided.type, closing.type]).toEqual(['ReorganisationDecided', 'ReorganisationCarriedOut']);
    const [moved] = (await store.readStream(streamName(tenant, 'item', ids.answersFor))).slice(-1);
    const { actor, correlationId, decision } = decided.metadata;
    expect(moved).toMatchObject({
      type: 'ItemResponsibleChanged',
      data: { reason: 'Omorganisation' },
      metadata: { causationId: decided.id, actor, correlationId, decision, effectiveOn: day },
    });
  });

  it('says once why, however much it has; steps that say it themselves stand as they are', async () => {
    await decide('merged', [taker]);
    const [decided] = (await ofOrganisation()) as [any];
    const { steps } = decided.data;
    expect(steps.filter(({ data }: any) => 'reason' in data)).toEqual([]);
    const [step] = steps;
    const told = { ...step, data: { ...step.data, reason: 'Sagt förr' } };
    expect(commandOf(told, 'Omorganisation', asked()).data).toMatchObject({ ...step.data, reason: 'Sagt förr' });
  });

  it('is taken over also where it was to be named anew on a later day', async () => {
    await put(
      new ChangeResponsibleCommand(
        ids.answersFor,
        { responsible: [owner, ending] },
        asked({ effectiveOn: '2026-01-01' }),
      ),
    );
    const more = asked({ effectiveOn: '2026-01-01' });
    await put(new ChangeGroupMembersCommand(ids.group, { members: [owner, ending, other] }, more));
    const { place } = await decide('merged', [taker]);
    await processOn(store).carryOut(place);
    expect(await named(day)).toEqual(takenOver);
    expect(await named(after)).toEqual({
      ...takenOver,
      answersFor: ['responsible: owner, taker'],
      group: ['owner', 'taker', 'other'],
    });
  });

  it('is not split where nobody is named for a thing, and everything that lacks somebody is told', async () => {
    const head = await store.head();
    const lacking = [ids.answersFor, ids.concerned, ids.completed].map((id) => `item:${id}`);
    const refused = await decide('split', [taker, other]).catch((error: unknown) => error as any);
    expect(refused.code).toBe('reorganisation-refused');
    const { faults } = refused.particularsIn('en');
    expect(faults.map(({ code, field }: any) => [field, code]).sort()).toEqual(
      [...lacking, `plan:${ids.ownPlan}`, `indicator:${ids.indicator}`]
        .map((field) => [field, 'successor-named'])
        .sort(),
    );
    expect(await store.head()).toBe(head);
  });

  it('is split, each part to who is named for it, and groups take all of them in', async () => {
    const { place } = await decide('split', [taker, other], {
      named: [
        { category: 'item', id: ids.answersFor, successors: [taker] },
        { category: 'item', id: ids.concerned, successors: [other] },
        { category: 'item', id: ids.completed, successors: [taker, other] },
        { category: 'plan', id: ids.ownPlan, successors: [other] },
        { category: 'indicator', id: ids.indicator, successors: [taker] },
      ],
    });
    await processOn(store).carryOut(place);
    expect(await named(day)).toEqual({
      ...takenOver,
      concerned: ['concerned: other, owner'],
      completed: ['responsible: taker, other'],
      ownPlan: 'other',
      group: ['taker', 'other', 'owner'],
    });
  });

  it('does not end alone where it has something, since a dissolution hands nothing over', async () => {
    const end = (id: string, more: Partial<CommandContext> = {}) =>
      put(new DissolveBodyCommand(id, { successors: [taker] }, asked({ effectiveOn: day, ...more })));
    const held = { rule: 'body-has-nothing', message: expect.stringMatching(/plan Verk.*item Fler.*group Alla/) };
    await expect(end(ending)).rejects.toMatchObject(held);
    await expect(end(ending, { effectiveOn: after })).rejects.toMatchObject({ rule: 'body-has-nothing' });
    expect((await end(other)).recorded).toEqual(['BodyDissolved']);
    await processOn(store).carryOut((await decide('merged', [taker])).place);
    const { id: corrects } = dissolutionOf(await stateOf(bodies as never, ending))!;
    const corrected = new DissolveBodyCommand(ending, { successors: [owner] }, asked({ corrects }));
    expect((await put(corrected)).recorded).toEqual(['BodyDissolved']);
  });

  it('names nobody for what it has not, nor anybody who does not take over, nor a body that has ended', async () => {
    const stranger = { category: 'item', id: newId(), successors: [taker] } as const;
    const elsewhere = { category: 'item', id: ids.answersFor, successors: [owner] } as const;
    const refused = await decide('merged', [taker], { named: [stranger, elsewhere] }).catch(
      (error: unknown) => error as any,
    );
    expect(refused.particularsIn('en').faults.map(({ code, field }: any) => [field, code])).toEqual([
      ['named[0]', 'successor-of-own'],
      ['named[1]', 'successor-of-body'],
    ]);
    await expect(decide('merged', [])).rejects.toMatchObject({ message: expect.stringContaining('successors: ') });
    await expect(decide('dissolved', [])).rejects.toMatchObject({ code: 'reorganisation-refused' });
    await processOn(store).carryOut((await decide('dissolved', [], { bodyId: other })).place);
    await expect(decide('merged', [other])).rejects.toMatchObject({ code: 'reorganisation-refused' });
    await expect(decide('merged', [ending])).rejects.toMatchObject({ code: 'reorganisation-refused' });
  });

  it('is alone until it is carried out, and leads to one job, which finds it', async () => {
    const { place } = await decide('merged', [taker]);
    await expect(decide('merged', [other])).rejects.toMatchObject({ rule: 'reorganisation-under-way' });
    const jobs = (await ofOrganisation()).flatMap((event) => reorganisationJobOf(event, catalog) ?? []);
    expect(jobs).toMatchObject([{ tenant, data: place }]);
  });

  it('is carried out and taken back once, whoever is killed between any two events', async () => {
    const survive = async (place: { tenant: string; at: number }) => {
      const dies = (when: DyingMoment) =>
        processOn(dyingAt(store, 0, when))
          .carryOut(place)
          .then(
            () => false,
            (error: unknown) => error instanceof StoreUnavailable,
          );
      let deaths = 0;
      while ((await dies('before')) && (await dies('after'))) deaths++;
      // Each event was recorded by a process of its own, and each time another had died just before.
      expect(deaths).toBeGreaterThan(5);
      await processOn(store).carryOut(place);
    };
    const { place, reorganisationId } = await decide('merged', [taker]);
    await survive(place);
    expect(await named(day)).toEqual(takenOver);
    await survive(await revoke(reorganisationId));
    for (const on of [before, day, after]) expect(await named(on)).toEqual(asItWas);
    const types = (await ofOrganisation()).map(({ type }) => type);
    expect(types).toEqual([
      'ReorganisationDecided',
      'ReorganisationCarriedOut',
      'ReorganisationRevoked',
      'ReorganisationCarriedOut',
    ]);
    for (const id of [ids.answersFor, ids.concerned]) {
      const events = (await store.readStream(streamName(tenant, 'item', id))).slice(1);
      expect(new Set(events.map(({ metadata }) => metadata.commandId)).size).toBe(events.length);
      expect(events).toHaveLength(2);
    }
    await expect(revoke(reorganisationId)).rejects.toMatchObject({ rule: 'reorganisation-stands' });
  });

  it('is not taken back while something rests on it', async () => {
    const { place, reorganisationId } = await decide('merged', [taker]);
    await processOn(store).carryOut(place);
    const later = asked({ effectiveOn: after });
    await put(new ChangeResponsibleCommand(ids.concerned, { responsible: [taker] }, later));
    const resting = { rule: 'nothing-rests-on-it', message: expect.stringContaining(ids.concerned) };
    await expect(revoke(reorganisationId)).rejects.toMatchObject(resting);
    expect((await ofOrganisation()).length).toBe(2);
  });
});
