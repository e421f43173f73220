import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import Type from 'typebox';
import { openSqliteEventStore } from '#event-store/sqlite';
import type { EventStore } from '#event-store';
import { defineEvent, Doubtful, EventCatalog, IdempotencyKeyReused, inLanguage, newId } from '#kernel';
import type { Doubt, DomainCommand, Role } from '#kernel';
import { commandChangedNothing, DecisionCommand, DecisionRunner } from './index.js';
import type { Aggregate, CommandContext, DecisionSupport } from './index.js';

type Count = DomainCommand<'Count', { number: number }>;
type Event = { readonly type: 'Counted'; readonly data: { number: number } };

class CountCommand extends DecisionCommand<Count> {
  static readonly permitted: readonly Role[] = ['controller'];
  static readonly creates = true;
  readonly type = 'Count';
}

const counts: Aggregate<Count, number, Event> = {
  category: 'count',
  decider: {
    initialState: 0,
    decide: ({ data }, state) => (data.number === state ? [] : [{ type: 'Counted', data }]),
    evolve: (_, { data }) => data.number,
  },
};
/** Of this spec alone: what is declared is told by the guide. */
const large = (field: string, params: { number: number; before: number }): Doubt => ({
  rule: 'count-as-before',
  field,
  said: { text: { en: '{number} is far from {before}', sv: '{number} är långt från {before}' }, params },
});
const odd = (field: string, params: { number: number }): Doubt => ({
  rule: 'count-even',
  field,
  said: { text: { en: '{number} is odd', sv: '{number} är udda' }, params },
});
const support: DecisionSupport<Count, number> = {
  doubts: ({ command: { data }, state: before }) => [
    ...(data.number > 10 * before ? [large('number', { number: data.number, before })] : []),
    ...(data.number % 2 === 1 ? [odd('number', { number: data.number })] : []),
  ],
};
const catalog = new EventCatalog([
  commandChangedNothing,
  defineEvent('Counted', Type.Object({ number: Type.Integer() })),
]);

describe('What looks like a mistake', () => {
  let folder: string;
  let store: EventStore;
  let runner: DecisionRunner;
  const id = newId();

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-doubts-'));
    store = openSqliteEventStore(join(folder, 'events.db'));
    runner = new DecisionRunner(store, catalog, { now: () => new Date('2025-04-08T12:00:00Z') });
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  const count = (number: number, more: Partial<CommandContext> = {}, tell?: (doubts: readonly Doubt[]) => void) => {
    const commandId = more.commandId ?? newId();
    const actor = { id: 'a', role: 'controller' } as const;
    const context: CommandContext = { tenant: 'uppsala', actor, correlationId: commandId, ...more, commandId };
    return runner.run(new CountCommand(id, { number }, context), counts, support, undefined, tell);
  };
  const recorded = async () =>
    (await store.readStream(`uppsala.count-${id}`)).map(({ metadata }) => metadata.confirmed);

  it('is refused, all of it at once, and leaves no trace', async () => {
    const refusal = await count(1_001).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(Doubtful);
    expect((refusal as Doubtful).particularsIn('sv')).toEqual({
      confirm: ['count-as-before', 'count-even'],
      doubts: [
        {
          field: 'number',
          rule: 'count-as-before',
          message: '1001 är långt från 0',
          params: { number: 1001, before: 0 },
        },
        { field: 'number', rule: 'count-even', message: '1001 är udda', params: { number: 1001 } },
      ],
    });
    expect(inLanguage('en', (refusal as Doubtful).detail)).toBe(
      '1001 is far from 0; 1001 is odd. Where it is meant, confirm: count-as-before, count-even',
    );
    expect(await recorded()).toEqual([]);
  });

  it('is recorded where it is confirmed, by the rules that doubted it and no others', async () => {
    await count(1_001, { confirm: ['count-even', 'count-as-before', 'of-another-command'] });
    await count(1_000, { confirm: ['count-even'] });
    expect(await recorded()).toEqual([['count-as-before', 'count-even'], undefined]);
  });

  it('is refused for what is not confirmed of it alone', async () => {
    const refusal = await count(1_001, { confirm: ['count-even'] }).catch((error: unknown) => error);
    expect((refusal as Doubtful).doubts.map(({ rule }) => rule)).toEqual(['count-as-before']);
  });

  it('is the same command with and without its being confirmed', async () => {
    const key = { commandId: newId(), repeatable: true };
    await expect(count(1_001, key)).rejects.toThrow(Doubtful);
    const receipt = await count(1_001, { ...key, confirm: ['count-even', 'count-as-before'] });
    expect(await count(1_001, key)).toEqual(receipt);
    await expect(count(3, { ...key, confirm: ['count-even'] })).rejects.toThrow(IdempotencyKeyReused);
    expect(await recorded()).toHaveLength(1);
  });

  it('is not doubted where nothing would change', async () => {
    await count(1_001, { confirm: ['count-even', 'count-as-before'] });
    expect((await count(1_001)).recorded).toEqual([]);
  });

  it('is told and does not stand in the way of a rehearsal, nor of what was decided before', async () => {
    const told: string[] = [];
    await count(1_001, { confirm: ['count-even'] }, (doubts) => told.push(...doubts.map(({ rule }) => rule)));
    expect(told).toEqual(['count-as-before']);
    await count(20_001, { settled: true, confirm: ['count-even'] });
    expect(await recorded()).toEqual([['count-even'], ['count-even']]);
  });

  it('cannot be a day that nobody can mean, whatever is confirmed', async () => {
    for (const effectiveOn of ['1925-04-08', '2205-04-08']) {
      await expect(count(2, { effectiveOn, confirm: ['count-as-before'] })).rejects.toMatchObject({
        rule: 'day-within-reach',
      });
    }
  });
});
