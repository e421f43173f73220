import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { AppendixReader, PlanHistories } from '#audit';
import type { GuardedWrite } from '#document-store';
import { EventCatalog, idOf } from '#kernel';
import { ReadModels } from '#projecting';
import { days, instantOf, RecordedStory } from './support/recorded-story.js';
import type { Happening } from './support/recorded-story.js';
import { RunningSystem, tenant } from './support/running-system.js';

interface Cost {
  documents: number;
  events: number;
}

describe('However long a story is', () => {
  let system: RunningSystem;
  let histories: PlanHistories;
  /** A story of ten entries and one of a thousand, as they are before the specs go on with them. */
  const lengths = [10, 1_000] as const;
  let stories: readonly RecordedStory[];

  beforeAll(async () => {
    system = await RunningSystem.start();
    histories = system.app.get(PlanHistories);
    stories = [await storyOf(lengths[0]), await storyOf(lengths[1])];
  }, 120_000);
  afterEach(() => void jest.restoreAllMocks());
  afterAll(() => system.stop());

  const caughtUp = async () =>
    system.app.get(ReadModels).waitFor(await system.stores.eventStore.head(), { milliseconds: 15_000 });

  const assessed = (bodyId: string): Happening => ({
    what: { kind: 'assessed', bodyId, level: 'delayed' },
    effectiveOn: days[1]!,
    seconds: 1,
  });

  const bodyOf = (number: number): string => `4f0a1c1e-0000-4000-8000-0000000000${String(number).padStart(2, '0')}`;
  const two = ['4f0a1c1e-0000-4000-8000-00000000000a', '4f0a1c1e-0000-4000-8000-00000000000b'];

  /** One body after the other judges, and in the next round each of them again; two bodies judge in one round alone. */
  async function judge(story: RecordedStory, bodies: readonly string[], from: number, upTo = from + 1): Promise<void> {
    const together = bodies === two ? 250 : bodies.length;
    for (let turn = from; turn < upTo;) {
      const number = Math.floor(turn / together);
      const next = Math.min(upTo, (number + 1) * together);
      if (bodies !== two) story.roundId = idOf('round', String(number));
      const turns = Array.from({ length: next - turn }, (_, index) => turn + index);
      await story.record(...turns.map((one) => assessed(bodies[one % bodies.length]!)));
      turn = next;
    }
  }

  /** @param owner of the plan; left out, each of the bodies judges as it does */
  async function storyOf(entries: number, bodies: readonly string[] = two, owner?: string): Promise<RecordedStory> {
    const story = new RecordedStory(system, owner);
    await story.adopt();
    await judge(story, bodies, 1, entries);
    await caughtUp();
    return story;
  }

  /** What a question reads: documents that the store gives, and events of the log. */
  async function costOf(ask: () => Promise<unknown>): Promise<Cost> {
    const cost: Cost = { documents: 0, events: 0 };
    const counting = <Answer>(store: object, name: string, count: (answer: Answer) => void) => {
      const read = (Reflect.get(store, name) as (...asked: unknown[]) => Promise<Answer>).bind(store);
      jest.spyOn(store as Record<string, () => unknown>, name).mockImplementation(async (...asked: unknown[]) => {
        const answer = await read(...asked);
        count(answer);
        return answer;
      });
    };
    const { documentStore, eventStore } = system.stores;
    for (const name of ['find', 'getMany']) {
      counting<object[]>(documentStore, name, (found) => (cost.documents += found.filter(isOfStory).length));
    }
    counting<object | undefined>(documentStore, 'get', (found) => (cost.documents += found ? 1 : 0));
    counting<unknown[]>(eventStore, 'readStream', (events) => (cost.events += events.length));
    await ask();
    jest.restoreAllMocks();
    return cost;
  }

  /** Controls and checkpoints are looked up now and then, whatever is asked. */
  const isOfStory = (document: object) => !('live' in document || 'version' in document || 'leases' in document);

  /** How much is written of documents of some projections for one event. */
  async function written(
    projections: RegExp,
    record: () => Promise<void>,
  ): Promise<{ documents: number; bytes: number }> {
    const { documentStore } = system.stores;
    const cost = { documents: 0, bytes: 0 };
    const replaceMany = documentStore.replaceMany.bind(documentStore);
    jest.spyOn(documentStore, 'replaceMany').mockImplementation(async (collection, writes: readonly GuardedWrite[]) => {
      if (projections.test(collection)) {
        cost.documents += writes.length;
        for (const { document } of writes) cost.bytes += Buffer.byteLength(JSON.stringify(document));
      }
      return replaceMany(collection, writes);
    });
    await record();
    await caughtUp();
    jest.restoreAllMocks();
    return cost;
  }

  it('one more event and any page of it cost the same', async () => {
    const costs = async (which: 0 | 1) => {
      const [story, entries] = [stories[which]!, lengths[which]];
      const { itemId, planId } = story;
      const page = { limit: 5, offset: entries - 6 };
      const window = [instantOf(-1), instantOf(entries)] as const;
      return {
        page: await costOf(async () => {
          const history = await histories.ofItem(tenant, itemId, {}, page);
          expect(history).toMatchObject({ total: entries, entries: { length: 5 } });
        }),
        asOf: await costOf(async () => {
          const history = await histories.ofItem(tenant, itemId, { asOf: days[2]!, knownAt: window[1] }, page);
          expect(history).toMatchObject({ total: entries, entries: { length: 5 } });
        }),
        changes: await costOf(async () => {
          const changes = await histories.ofPlan(tenant, planId, window, page);
          expect(changes).toMatchObject({ total: entries, changes: { length: 5 } });
        }),
        event: await written(/^plan-(history|changes)@/, () =>
          story.record(assessed('4f0a1c1e-0000-4000-8000-00000000000a')),
        ),
      };
    };
    const short = await costs(0);
    const long = await costs(1);
    expect({ ...long, event: undefined }).toEqual({ ...short, event: undefined });
    // The head, the entries that are shown and those that they refer to; the log's word on the first, the last and the shown.
    expect(long.page.documents).toBeLessThanOrEqual(1 + 2 * 5);
    expect(long.page.events).toBeLessThanOrEqual(2 + 5);
    expect(long.event.documents).toBe(short.event.documents);
    // Numbers have more digits.
    expect(long.event.bytes).toBeLessThan(short.event.bytes + 50);
    expect(long.event.bytes).toBeLessThan(4_000);
  }, 120_000);

  it('and however many bodies assess, one more event writes as little of it', async () => {
    const costs = async (bodies: readonly string[]) => {
      const story = await storyOf(100, bodies);
      return written(/^plan-(history|changes)@/, () => story.record(assessed(bodies[0]!)));
    };
    const few = await costs(two);
    const many = await costs(Array.from({ length: 50 }, (_, number) => bodyOf(number)));
    expect(many.documents).toBe(few.documents);
    expect(many.bytes).toBeLessThan(few.bytes + 50);
  }, 120_000);

  /** Of as many events as fill and begin each document that takes in several. */
  async function costOfEvents(story: RecordedStory, entries: number, bodies = two) {
    const costs: { documents: number; bytes: number }[] = [];
    for (let event = 0; event < Math.max(16, bodies.length); event++) {
      costs.push(await written(/@/, () => judge(story, bodies, entries + event)));
    }
    const bytes = costs.map((cost) => cost.bytes);
    return {
      documents: Math.max(...costs.map(({ documents }) => documents)),
      most: Math.max(...bytes),
      average: bytes.reduce((sum, one) => sum + one, 0) / bytes.length,
    };
  }

  it('what became of it in the next plan is told from what it was, however often it was judged', async () => {
    const decoded = async (entries: number) => {
      const [older, newer] = [await storyOf(entries), new RecordedStory(system)];
      await older.adoptPlan();
      await newer.adoptPlan();
      await caughtUp();
      const decode = jest.spyOn(system.app.get(EventCatalog), 'decode');
      const asked = { tenant, olderId: older.planId, newerId: newer.planId };
      const { rows } = await system.app.get(AppendixReader).of(asked, { asOf: days[2]! });
      expect(rows).toMatchObject([{ item: { id: older.itemId }, class: 'untold' }]);
      const { length } = decode.mock.calls;
      jest.restoreAllMocks();
      return length;
    };
    const few = await decoded(lengths[0]);
    expect(await decoded(200)).toBe(few);
  }, 120_000);

  it('one more event writes as little, of all documents, where twenty bodies assess', async () => {
    const bodies = Array.from({ length: 20 }, (_, number) => bodyOf(number));
    const cost = await costOfEvents(await storyOf(200, bodies, bodies[0]), 200, bodies);
    expect(cost.average).toBeLessThan(8_000);
  }, 120_000);

  it('one more event writes as little, of all documents', async () => {
    const [short, long] = [await costOfEvents(stories[0]!, lengths[0]), await costOfEvents(stories[1]!, lengths[1])];
    expect(long.documents).toBe(short.documents);
    // Nine, and what stood.
    expect(long.documents).toBeLessThanOrEqual(9 + 2);
    // Numbers have more digits.
    expect(long.most).toBeLessThan(short.most + 200);
    expect(long.most).toBeLessThan(8_500);
    expect(long.average).toBeLessThan(8_000);
  }, 120_000);
});
