import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { idOf } from '#kernel';
import { everyEvent, goldenEvents, goldenRound, goldenTenant } from '../testing/golden-log.js';
import { LogInMemory } from '../testing/log-in-memory.js';
import { streamsOfLog } from '../testing/streams-of-log.js';
import { foldSnapshot } from './fold-snapshot.js';

type GoldenEvent = ReturnType<typeof goldenEvents>[number];

const rules = [1, 2, 3, 6];
const otherPlan = idOf('plan', 'another');

/** The golden log as it would be told of another plan of the tenant, or of another tenant, under ids of its own. */
function retold(events: readonly GoldenEvent[], of: 'plan' | 'tenant'): GoldenEvent[] {
  const planId = events.find(({ type }) => type === 'RoundFrozen')!.data['planId'] as string;
  const mine = events.filter(({ data }) => of === 'tenant' || data['planId'] === planId);
  const ids = new Set(mine.map(({ stream }) => stream.slice(-36)));
  const text = [...ids, ...mine.map(({ id }) => id)].reduce(
    (told, id) => told.replaceAll(id, id === planId ? otherPlan : idOf(of, id)),
    JSON.stringify(mine),
  );
  const other = JSON.parse(text) as GoldenEvent[];
  if (of === 'plan') return other;
  return other.map((event) => ({
    ...event,
    stream: event.stream.replace(`${goldenTenant}.`, 'umea.'),
    metadata: { ...event.metadata, tenant: 'umea' },
  }));
}

/** Events of several logs in one, each log's own in their order. */
function interwoven(logs: readonly (readonly GoldenEvent[])[], turns: readonly number[]): GoldenEvent[] {
  const left = logs.map((log) => [...log]);
  const woven = turns.flatMap((turn) => left[turn % left.length]!.splice(0, 1));
  return [...woven, ...left.flat()];
}

/** What links the plan with another one, both ways. */
function links(events: readonly GoldenEvent[], others: readonly GoldenEvent[]): GoldenEvent[] {
  const adopted = (from: readonly GoldenEvent[]) => from.filter(({ type }) => type === 'ItemAdopted');
  const succeeded = (one: GoldenEvent, next: GoldenEvent): GoldenEvent => ({
    ...one,
    id: idOf('link', one.id, next.id),
    type: 'ItemSucceeded',
    metadata: { ...one.metadata, schema: 1 },
    data: {
      ...{ itemId: one.data['itemId']!, planId: one.data['planId']! },
      ...{
        successorId: next.data['itemId']!,
        successorPlanId: next.data['planId']!,
        kind: 'continues',
        inferred: false,
      },
    },
  });
  const [mine, theirs] = [adopted(events), adopted(others)];
  return [succeeded(theirs[0]!, mine[0]!), succeeded(mine[1]!, theirs[1]!)];
}

describe('A snapshot from the streams that its plan rests on', () => {
  it.each(rules)(
    'has the bytes of a fold of all that the tenant has recorded, by rule %i',
    async (rule) => {
      const golden = goldenEvents(rule);
      const [ofPlan, ofTenant] = [retold(golden, 'plan'), retold(golden, 'tenant')];
      const turns = fc.array(fc.nat(3), { minLength: 0, maxLength: golden.length * 3 });
      await fc.assert(
        fc.asyncProperty(turns, async (order) => {
          const freeze = golden.findIndex(({ type }) => type === 'RoundFrozen');
          const logs = [golden.toSpliced(freeze, 0, ...links(golden, ofPlan)), ofPlan, ofTenant];
          const log = new LogInMemory(afterItsBeginning(interwoven(logs, order)));
          const streams = streamsOfLog(log, everyEvent());
          for (const issue of [1, 2, 'now'] as const) {
            const bound = { tenant: goldenTenant, roundId: goldenRound(), issue };
            const whole = await foldSnapshot(log, everyEvent(), bound);
            const folded = await foldSnapshot(log, everyEvent(), bound, { streams });
            expect(folded.bytes.toString()).toBe(whole.bytes.toString());
            expect(folded.events).toBeLessThanOrEqual(issue === 'now' ? whole.events - 1 : whole.events);
          }
        }),
        { numRuns: 6 },
      );
    },
    120_000,
  );
});

/** A stream begins with what it begins with, also where something was woven in before it. */
function afterItsBeginning(events: readonly GoldenEvent[]): GoldenEvent[] {
  const begun = new Set<string>();
  const [told, early]: [GoldenEvent[], GoldenEvent[]] = [[], []];
  for (const event of events) {
    const isLink = event.type === 'ItemSucceeded' && !begun.has(event.stream);
    if (isLink) early.push(event);
    else {
      begun.add(event.stream);
      told.push(event);
    }
  }
  return [...told, ...early];
}
