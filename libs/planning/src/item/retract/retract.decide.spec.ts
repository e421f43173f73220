import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { factsOf, fold, idNumbered } from '#kernel/testing';
import type { GivenEvent } from '#kernel/testing';
import type { ItemEvent, ItemRevisionRetracted, RetractableType } from '../item.events.js';
import { evolve, unadopted } from '../item.js';
import type { AdoptedItem, Item } from '../item.js';
import { numbersOf } from '../item.series.js';
import type { JudgedItem } from '../item.state.js';
import type { RevisionFact } from '../revision.told.js';
import { retractionIn } from './retraction.told.js';
import {
  adopted,
  assessed,
  command,
  completed,
  decider,
  discontinued,
  given,
  held,
  ids,
  goal,
  onDay,
  plan,
  resumed,
  reworded,
  subject,
  takeBack,
  toldBy,
} from '../testing/item.examples.js';

const [start, june, july, august] = ['2025-01-01', '2025-06-01', '2025-07-01', '2025-08-01'] as const;
const reason = 'Avsåg ett annat uppdrag';

const retracted = (
  type: RetractableType,
  revisions: number[],
  restores: ItemRevisionRetracted['data']['restores'],
  more: object = {},
): ItemEvent => ({
  type: 'ItemRevisionRetracted',
  data: { ...subject, retracted: type, revisions, restores, ...more, reason },
});
const revision = (type: RetractableType, data: object) => ({ type, data: { ...subject, ...data } }) as ItemEvent;
const active = { value: { state: 'active' as const }, since: start, said: 0 };
const succeeded: ItemEvent = {
  type: 'ItemSucceeded',
  data: { ...subject, successorId: ids.successor, successorPlanId: ids.plan, kind: 'merged', inferred: false },
};
const moved = (parents: string[]): ItemEvent => ({ type: 'ItemMoved', data: { ...subject, parents } });

/** A story with what was taken back of it. */
function after(story: readonly GivenEvent<ItemEvent>[], revision: number, day: string): GivenEvent<ItemEvent>[] {
  const [event] = decider.decide(toldBy(takeBack(revision, day), story), fold(decider, story));
  return [...story, { ...event!, effectiveOn: day, corrects: idNumbered(revision) }];
}
const itemAfter = (story: readonly GivenEvent<ItemEvent>[], asOf = '9999-12-31') =>
  factsOf(story)
    .filter(({ effectiveOn }) => effectiveOn <= asOf)
    .reduce<Item>(evolve, unadopted) as AdoptedItem;

describe('What should never have been recorded of an item is taken back', () => {
  it('where it is its end, so that it goes on', () => {
    for (const end of [completed, discontinued]) {
      const story = [adopted(), onDay(july, end)];
      const { type } = end as { type: RetractableType };
      given(...story)
        .when(takeBack(1, july))
        .then(retracted(type, [1], { lifecycle: active }));
      given(...after(story, 1, july))
        .when(command('RewordItem', { title: 'Fler i arbete och studier' }, { plan }, august))
        .then(reworded('Fler i arbete och studier'));
      given(...after(story, 1, july))
        .when(command('CompleteItem', {}, undefined, june))
        .then(completed);
    }
  });

  it('with all corrections of it, by the newest of them', () => {
    const right: ItemEvent = {
      type: 'ItemDiscontinued',
      data: { ...subject, reason: 'merged', comment: 'Slogs ihop' },
    };
    const story = [adopted(), onDay(july, discontinued), { ...onDay(july, right), corrects: idNumbered(1) }];
    given(...story)
      .when(takeBack(1, july))
      .refused('revision-stands');
    given(...story)
      .when(takeBack(2, july))
      .then(retracted('ItemDiscontinued', [1, 2], { lifecycle: active }));
  });

  it('where it is a hold, or that it was taken up again', () => {
    const story = [adopted(), onDay(june, held()), onDay(july, resumed())];
    given(...story)
      .when(takeBack(1, june))
      .refused('nothing-rests-on-it');
    const { reason: why, until } = held().data;
    given(...story)
      .when(takeBack(2, july))
      .then(retracted('ItemResumed', [2], { hold: { value: { until, reason: why }, since: june, said: -151 } }));
    given(...after(story, 2, july))
      .when(takeBack(1, june))
      .then(retracted('ItemHeld', [1], { hold: { value: null, since: start, said: 0 } }));
  });

  it('where it is a link to a successor, which is gone then', () => {
    const story = [adopted(), onDay(july, succeeded)];
    const successor = { itemId: ids.successor, kind: 'merged' };
    given(...story)
      .when(takeBack(1, july))
      .then(retracted('ItemSucceeded', [1], {}, { successor }));
    expect(itemAfter(after(story, 1, july)).successors).toEqual([]);
    expect((fold(decider, after(story, 1, july)) as JudgedItem).successors).toEqual([]);
  });

  it('once, and on its own day', () => {
    const story = [adopted(), onDay(july, completed)];
    given(...after(story, 1, july))
      .when(takeBack(1, july))
      .then();
    given(...story)
      .when(takeBack(1, august))
      .refused('day-of-corrected');
    given(...story)
      .when(takeBack(7, july))
      .refused('revision-of-item');
  });

  it('but not that it was adopted, and not what takes something back', () => {
    given(adopted()).when(takeBack(0, start)).refused('revision-retractable');
    given(...after([adopted(), onDay(july, completed)], 1, july))
      .when(takeBack(2, july))
      .refused('revision-retractable');
  });

  it('and never so that it would lie under itself', () => {
    const asked = { ...takeBack(1, july), facts: { parents: [goal({ ancestors: [ids.item] })] } } as never;
    given(adopted({ parents: [ids.goal] }), onDay(july, moved([])))
      .when(asked)
      .refused('items-nest');
  });

  it('with the number that it gave', () => {
    const renumbered: ItemEvent = { type: 'ItemRenumbered', data: { ...subject, number: '36' } };
    const state = fold(decider, after([adopted(), onDay(july, renumbered)], 1, july)) as JudgedItem;
    expect([...numbersOf(state).values()]).toEqual([[{ from: start }]]);
    expect(state.number).toEqual({ value: '34', since: start });
  });
});

describe('What was said beside what is taken back stands', () => {
  it('whatever was recorded of whichever days, and taken back when', () => {
    const days = [start, june, july, august, '2025-12-31'];
    const text = fc.constantFrom('A', 'B', 'C');
    const said: fc.Arbitrary<ItemEvent> = fc.oneof(
      fc.record({ title: text, text }, { requiredKeys: ['title'] }).map((data) => revision('ItemReworded', data)),
      fc.record({ number: text }, { requiredKeys: [] }).map((data) => revision('ItemRenumbered', data)),
      fc.record({ comment: text }).map((data) => revision('ItemRetained', data)),
      fc.record({ comment: text }).map((data) => revision('ItemCompleted', data)),
      fc.record({ until: fc.constantFrom(...days), reason: text }).map((data) => revision('ItemHeld', data)),
    );
    const step = fc.oneof(fc.record({ said, day: fc.constantFrom(...days) }), fc.record({ back: fc.nat(6) }));
    fc.assert(
      fc.property(fc.array(step, { minLength: 4, maxLength: 20 }), (steps) => {
        const story: (GivenEvent<ItemEvent> & { readonly effectiveOn: string })[] = [onDay(start, adopted())];
        const gone = new Set<number>();
        for (const one of steps) {
          if ('said' in one) story.push(onDay(one.day, one.said));
          else {
            const standing = [...story.keys()].filter(
              (at) => at > 0 && !gone.has(at) && !('restores' in story[at]!.data),
            );
            const at = standing.at(-1 - one.back);
            if (at === undefined) continue;
            const told = retractionIn(factsOf(story) as RevisionFact[], idNumbered(at))!;
            gone.add(at);
            const { restores, revisions, type } = told;
            story.push({ ...onDay(told.effectiveOn, retracted(type as RetractableType, [...revisions], restores)) });
          }
        }
        const never = story.filter((event, at) => !gone.has(at) && !('restores' in event.data));
        for (const day of days) expect(itemAfter(story, day)).toEqual(itemAfter(never, day));
        const [state, wanted] = [story, never].map((told) => fold(decider, told) as JudgedItem);
        const stepsIn = ({ series }: JudgedItem) =>
          Object.values(series).map((all) => all.map(({ since, value }) => ({ since, value })));
        expect(stepsIn(state!)).toEqual(stepsIn(wanted!));
      }),
    );
  });

  const titles = (story: readonly GivenEvent<ItemEvent>[]) =>
    [start, june, july, august].map((day) => itemAfter(story, day).title.value);
  const story = [
    adopted({ title: 'A' }),
    onDay(june, reworded('B')),
    onDay(july, reworded('C')),
    onDay(july, reworded('D')),
    onDay(august, assessed()),
  ];

  it('of earlier days and later ones', () => {
    expect(titles(after(story, 1, june))).toEqual(['A', 'A', 'D', 'D']);
    expect(titles(after(story, 3, july))).toEqual(['A', 'B', 'C', 'C']);
  });

  it('of the same day, whichever is taken back first', () => {
    given(...story)
      .when(takeBack(2, july))
      .then(retracted('ItemReworded', [2], {}));
    expect(titles(after(story, 2, july))).toEqual(['A', 'B', 'D', 'D']);
    const both = after(after(story, 2, july), 3, july);
    expect(titles(both)).toEqual(['A', 'B', 'B', 'B']);
    expect(titles(after(after(story, 3, july), 2, july))).toEqual(titles(both));
    expect(titles(after(both, 1, june))).toEqual(['A', 'A', 'A', 'A']);
  });

  it('also where it is recorded after that', () => {
    expect(titles([...after(story, 3, july), onDay('2025-06-15', reworded('E'))])).toEqual(['A', 'B', 'C', 'C']);
    expect(titles([...after(story, 1, june), onDay('2025-05-01', reworded('E'))])).toEqual(['A', 'E', 'D', 'D']);
  });
});
