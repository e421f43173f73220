import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { appendSize, maxAppendBytes } from '#event-store';
import { EventCatalog, idOf } from '#kernel';
import type { EventEnvelope, JsonObject, StoredEvent } from '#kernel';
import { april, ids, sha256 } from '../testing/round.examples.js';
import { missingList, recordable } from './missing-list.js';
import type { Lacking } from './missing-list.js';
import type { StandingFacts } from './reporting.decider.js';
import { rounds } from './round.decider.js';
import type { RoundCommand } from './round.decider.js';
import { roundEvents } from './round.events.js';
import type { RoundEvent } from './round.events.js';

const catalog = new EventCatalog(roundEvents);
const known = new Map<string, string>();
const id = (kind: string, number: number): string => {
  const name = `${kind} ${number}`;
  if (!known.has(name)) known.set(name, idOf(kind, String(number)));
  return known.get(name)!;
};
const standingOf = (bodies: number, items: number) =>
  Array.from({ length: bodies }, (_, body) => ({
    bodyId: id('body', body),
    name: `Nämnd ${body}`,
    missing: Array.from({ length: items }, (__, item) => ({ itemId: id('item', item), label: `Uppdrag ${item}` })),
  }));

/** As they are appended, with metadata of the usual size. */
const envelopes = (events: readonly RoundEvent[]): EventEnvelope[] =>
  events.map((event, index) => {
    const { data, schema } = catalog.encode(event);
    const metadata = {
      ...{ tenant: 'uppsala', schema, recordedAt: '2025-05-02T08:00:00.000Z', effectiveOn: '2025-05-02' },
      ...{
        actor: { id: 'controller', role: 'controller' as const },
        commandId: id('command', 1),
        commandDigest: sha256,
      },
      ...{ correlationId: id('command', 1), causationId: id('command', 1) },
    };
    return { id: id('event', index), type: event.type, data, metadata };
  });

/** What is decided on a round in which nobody is ready. */
const decided = (type: 'FreezeRound' | 'RemindBodies', facts: StandingFacts): readonly RoundEvent[] => {
  const data = type === 'FreezeRound' ? { override: 'Nämnden sammanträder' } : {};
  const command = { type, id: ids.round, data, facts, effectiveOn: '2025-05-02' } as RoundCommand;
  return rounds.decider.decide(command, { status: 'open', ...april, amendments: 0, extensions: {}, ready: {} });
};

const listOf = (events: readonly RoundEvent[]): readonly Lacking[] => {
  const parts = events.flatMap((event) => (event.type === 'RoundMissingListed' ? [event.data] : []));
  const last = events.at(-1)!;
  if (last.type !== 'RoundFrozen' && last.type !== 'RoundReminded') throw new TypeError(last.type);
  return missingList(last.data, parts);
};

describe('What bodies lack is recorded', () => {
  it.each([
    ['FreezeRound', 90, 300, 50_000],
    ['FreezeRound', 90, 3_000, 200_000],
    ['RemindBodies', 20, 300, 25_000],
  ] as const)('in parts, all in one append: %s, %i bodies × %i items in %i bytes', (type, bodies, items, most) => {
    const standing = standingOf(bodies, items);
    const events = decided(type, { standing });
    const recorded = envelopes(events);
    expect(appendSize(recorded)).toBeLessThan(most);
    for (const event of recorded) expect(appendSize([event])).toBeLessThan(64_000);
    expect(listOf(events)).toEqual(
      standing.map(({ bodyId, missing }) => ({ bodyId, itemIds: missing.map(({ itemId }) => itemId) })),
    );
    expect((events.at(-1)!.data as { lacking: object }).lacking).toMatchObject({ bodies, items: bodies * items });
  });

  it('so that the list and its digest can be told again, whatever it is', () => {
    const lists = fc.uniqueArray(
      fc.record({
        bodyId: fc.integer({ max: 400, min: 0 }).map((number) => id('body', number)),
        itemIds: fc.uniqueArray(
          fc.integer({ max: 1_200, min: 0 }).map((number) => id('item', number)),
          { maxLength: 300 },
        ),
      }),
      { maxLength: 8, selector: ({ bodyId }) => bodyId },
    );
    const sorted = (list: readonly Lacking[]) =>
      list.map(({ bodyId, itemIds }) => ({ bodyId, itemIds: itemIds.toSorted() }));
    fc.assert(
      fc.property(lists, (list) => {
        const { parts, told } = recordable(list);
        const again = missingList(told, parts);
        expect(sorted(again)).toEqual(sorted(list));
        expect(recordable(again).told.lacking.digest).toBe(told.lacking.digest);
        expect(parts.map(({ of, part }) => [part, of])).toEqual(parts.map((_, at) => [at + 1, parts.length]));
      }),
      { numRuns: 30 },
    );
  });

  it('by numbers and digest alone where no append would take the list, so that nothing stands in the way of a freeze', () => {
    const events = decided('FreezeRound', { standing: standingOf(2, 20_000) });
    expect(events).toMatchObject([{ type: 'RoundFrozen', data: { missing: [], lacking: { bodies: 2, parts: 0 } } }]);
    expect(listOf(events)).toHaveLength(2);
    expect(appendSize(envelopes(events))).toBeLessThan(maxAppendBytes / 50);
  });

  it('as ever in events of the first schema, which are counted when they are read', () => {
    const missing = [{ bodyId: ids.body, itemIds: [id('item', 2), id('item', 1)] }];
    const data: JsonObject = { roundId: ids.round, planId: ids.plan, missing };
    const stored = { type: 'RoundReminded', data, metadata: { schema: 1 }, position: '1' } as unknown as StoredEvent;
    const read = catalog.decode<Extract<RoundEvent, { type: 'RoundReminded' }>['data']>(stored).data;
    expect(read).toEqual({ ...data, ...recordable(missing).told });
    expect(missingList(read, [])).toEqual(missing);
  });
});
