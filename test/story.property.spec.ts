import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { planChanges, planHistory, PlanHistories, StoryReader } from '#audit';
import { LogDamaged, StoreUnavailable } from '#kernel';
import { DamageNotes, isWithin, ProjectionAdmin, ReadModels } from '#projecting';
import { days, happening, instantOf, RecordedStory } from './support/recorded-story.js';
import type { Happening } from './support/recorded-story.js';
import { RunningSystem, tenant } from './support/running-system.js';

const all = { limit: 10_000, offset: 0 };

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
