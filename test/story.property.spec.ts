import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { planChanges, planHistory, PlanHistories, StoryReader } from '#audit';
import { LogDamaged, StoreUnavailable } from '#kernel';
import { itemLinks, LineageReader } from '#planning';
import type { ItemEvent } from '#planning';
import { DamageNotes, isWithin, ProjectionAdmin, ReadModels, Replay } from '#projecting';
import type { Moment } from '#projecting';
import { days, happening, instantOf, RecordedStory } from './support/recorded-story.js';
import type { Happening } from './support/recorded-story.js';
import { RunningSystem, tenant } from './support/running-system.js';

const all = { limit: 10_000, offset: 0 };

interface Link {
  readonly from: string;
  readonly to: string;
}

/** What links lead to from an item, one way, itself included. */
function reached(itemId: string, links: readonly Link[], near: keyof Link, far: keyof Link): ReadonlySet<string> {
  const met = new Set([itemId]);
  // Each one that is met is looked at in its turn.
  for (const one of met) for (const link of links) if (link[near] === one) met.add(link[far]);
  return met;
}

describe('A story told from an entry a document', () => {
  let system: RunningSystem;
  let histories: PlanHistories;
  let story: StoryReader;

  beforeAll(async () => {
    system = await RunningSystem.start();
    histories = system.app.get(PlanHistories);
    story = system.app.get(StoryReader);
  });
  afterEach(() => void jest.restoreAllMocks());
  afterAll(() => system.stop());

  const caughtUp = async () => system.app.get(ReadModels).waitFor(await system.stores.eventStore.head());

  async function recorded(happenings: readonly Happening[]): Promise<RecordedStory> {
    const one = new RecordedStory(system);
    await one.adopt();
    await one.record(...happenings);
    await caughtUp();
    return one;
  }

  it('is the one that the log tells, with what the record said before, whatever was corrected and withdrawn', async () => {
    const moment = fc.record({
      asOf: fc.option(fc.constantFrom(...days), { nil: undefined }),
      knownAt: fc.option(fc.integer({ min: -2, max: 20 }).map(instantOf), { nil: undefined }),
      limit: fc.integer({ min: 1, max: 20 }),
      offset: fc.nat(20),
    });
    const window = fc.tuple(fc.integer({ min: -5, max: 20 }), fc.nat(20));
    await fc.assert(
      fc.asyncProperty(
        fc.array(happening, { minLength: 5, maxLength: 40 }),
        fc.array(moment, { minLength: 5, maxLength: 5 }),
        fc.array(window, { minLength: 5, maxLength: 5 }),
        async (happenings, moments, windows) => {
          const { indicator, item, itemId, planId } = await recorded(happenings);
          const byLog = await story.fromLog(item);
          expect((await histories.ofItem(tenant, itemId, {}, all))!.entries).toEqual(byLog);
          for (const { asOf, knownAt, limit, offset } of moments) {
            const then = { ...(asOf && { asOf }), ...(knownAt && { knownAt }) };
            const within = (await story.fromLog(item, then)).filter((entry) => isWithin(entry, then));
            const told = await histories.ofItem(tenant, itemId, then, { limit, offset });
            expect(told).toEqual({ planId, total: within.length, entries: within.slice(offset, offset + limit) });
          }
          const ofPlan = [...byLog, ...(await story.fromLog(indicator))].sort((left, right) =>
            left.position < right.position ? -1 : 1,
          );
          for (const [from, length] of windows) {
            const ends = [instantOf(from), instantOf(from + length)] as const;
            const within = ofPlan.filter(({ recordedAt }) => recordedAt > ends[0] && recordedAt <= ends[1]);
            const { limit, offset } = moments[0]!;
            const told = await histories.ofPlan(tenant, planId, ends, { limit, offset });
            expect(told.total).toBe(within.length);
            expect(told.changes.map(({ entry }) => entry)).toEqual(within.slice(offset, offset + limit));
          }
        },
      ),
      { numRuns: 25 },
    );
    for (const name of [planHistory.name, planChanges.name]) {
      expect(await system.app.get(ProjectionAdmin).verify(name)).toMatchObject({ differing: 0 });
    }
  }, 120_000);

  it('goes on over plans, through all that an item succeeds and that succeeds it, at any moment', async () => {
    const of = fc.record({ story: fc.nat(2), happening });
    const moment = fc.record({
      asOf: fc.option(fc.constantFrom(...days), { nil: undefined }),
      knownAt: fc.option(fc.integer({ min: -2, max: 20 }).map(instantOf), { nil: undefined }),
      part: fc.record({ limit: fc.integer({ min: 1, max: 20 }), offset: fc.nat(20) }),
    });
    const lineages = system.app.get(LineageReader);
    let [linked, round] = [0, 0];
    await fc.assert(
      fc.asyncProperty(
        fc.array(of, { minLength: 20, maxLength: 60, size: 'max' }),
        fc.array(moment, { minLength: 4, maxLength: 4 }),
        async (steps, moments) => {
          const stories = [0, 1, 2].map(() => new RecordedStory(system));
          for (const one of stories) {
            one.others = stories.filter((other) => other !== one);
            await one.adopt();
          }
          for (const { happening: one, story: which } of steps) await stories[which]!.record(one);
          await caughtUp();
          for (const { asOf, knownAt, part } of [{ part: all, asOf: undefined, knownAt: undefined }, ...moments]) {
            const then = { ...(asOf && { asOf }), ...(knownAt && { knownAt }) };
            const links = (await Promise.all(stories.map((one) => linksAt(one.item, then)))).flat();
            for (const { itemId } of stories) {
              const met = new Set([...reached(itemId, links, 'from', 'to'), ...reached(itemId, links, 'to', 'from')]);
              const lineage = await lineages.lineageOf(tenant, itemId, then);
              expect([...lineage.itemIds].sort()).toEqual([...met].sort());
              if (met.size > 1) linked++;
              if (links.some(({ from, to }) => links.some((one) => one.from === to && one.to === from))) round++;
              const within = (await Promise.all(stories.filter((one) => met.has(one.itemId)).map(entriesAt(then))))
                .flat()
                .sort((one, other) => (one.entry.position < other.entry.position ? -1 : 1));
              const told = await histories.ofItems(tenant, lineage.itemIds, then, part);
              expect(told).toEqual({
                total: within.length,
                entries: within.slice(part.offset, part.offset + part.limit),
              });
            }
          }
        },
      ),
      { numRuns: 8 },
    );
    // Stories apart, and links that lead nowhere round, would say little.
    expect([linked > 20, round > 0]).toEqual([true, true]);
    expect(await system.app.get(ProjectionAdmin).verify(itemLinks.name)).toMatchObject({ differing: 0 });
  }, 120_000);

  const entriesAt = (then: Moment) => async (one: RecordedStory) => {
    const entries = (await story.fromLog(one.item, then)).filter((entry) => isWithin(entry, then));
    return entries.map((entry) => ({ itemId: one.itemId, entry }));
  };

  /** The links that a stream tells of at a moment. */
  async function linksAt(stream: string, then: Moment): Promise<readonly Link[]> {
    const events = await system.app.get(Replay).events<ItemEvent>(stream, then);
    const gone = events.flatMap((event) => (event.type === 'ItemRevisionRetracted' ? event.data.revisions : []));
    return events.flatMap(({ data, revision, type }) =>
      type === 'ItemSucceeded' && !gone.includes(revision) ? [{ from: data.itemId, to: data.successorId }] : [],
    );
  }

  it('is told by the log where documents are away or behind, and where the log belies them', async () => {
    const { item, itemId, planId, record } = await recordedOnce();
    const whole = { planId, total: 3, entries: await story.fromLog(item) };
    const { documentStore, eventStore } = system.stores;
    const told = () => histories.ofItem(tenant, itemId, {}, all);
    expect(await told()).toEqual(whole);

    // Away.
    const away = jest
      .spyOn(documentStore, 'get')
      .mockRejectedValue(new StoreUnavailable('document store', new Error('away')));
    expect(await told()).toEqual(whole);
    away.mockRestore();

    // Behind: as they were before the last event.
    const get = documentStore.get.bind(documentStore);
    const before = await get(await collectionOf(planHistory.name), item);
    await record();
    await caughtUp();
    const behind = jest.spyOn(documentStore, 'get').mockImplementation(async (collection, id) => {
      return id === item ? before : await get(collection, id);
    });
    expect(await told()).toMatchObject({ total: 4, entries: { length: 4 } });
    behind.mockRestore();

    // Belied: the log has lost the beginning.
    const readStream = eventStore.readStream.bind(eventStore);
    const left = (await readStream(item)).slice(1);
    const damage = { stream: item, awaited: 0, found: 1 };
    const damaged = jest.spyOn(eventStore, 'readStream').mockImplementation(async (stream, options) => {
      if (stream === item && (options?.after ?? -1) < 0) throw new LogDamaged(damage, left);
      return readStream(stream, options);
    });
    const notes = new DamageNotes();
    expect((await notes.during(told))!.entries.map(({ revision }) => revision)).toEqual([1, 2, 3]);
    expect(notes.found).toEqual([damage]);
    damaged.mockRestore();
  });

  async function recordedOnce() {
    const reworded = (title: string) =>
      ({ what: { kind: 'reworded', title }, effectiveOn: days[1]!, seconds: 1 }) as Happening;
    const one = await recorded([reworded('Ett'), reworded('Två')]);
    const { item, itemId, planId } = one;
    return { item, itemId, planId, record: () => one.record(reworded('Tre')) };
  }

  const collectionOf = async (name: string) =>
    (await system.stores.documentStore.collections()).find((collection) => collection.startsWith(`${name}@`))!;
});
