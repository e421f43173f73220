import { describe, expect, it } from '@jest/globals';
import { say } from '#kernel';
import { factsOf, fold, idNumbered } from '#kernel/testing';
import type { GivenEvent } from '#kernel/testing';
import type { ItemEvent } from '../item.events.js';
import { numbersOf } from '../item.series.js';
import type { JudgedItem } from '../item.state.js';
import { retractionIn } from '../retract/retraction.told.js';
import type { RevisionFact } from '../revision.told.js';
import {
  adopted,
  assessed,
  command,
  decider,
  given,
  ids,
  onDay,
  plan,
  reworded,
  subject,
  takeBack,
  withdrawn,
} from '../testing/item.examples.js';

const reason = 'Lästes in två gånger';
const cancelled: ItemEvent = { type: 'ItemCancelled', data: { ...subject, reason } };
const cancel = (resting: readonly ReturnType<ReturnType<typeof say>>[] = [], day = '2025-01-01') =>
  command('CancelItem', { reason }, { adoption: idNumbered(0), resting }, day);
const { itemId: _, ...content } = adopted().data;
const adoptAnew = command('AdoptItem', content, { plan, parents: [] }, '2025-06-01');

describe('An item that was adopted by mistake', () => {
  it('is cancelled with all that was said of what it is, and its number is free', () => {
    const story: GivenEvent<ItemEvent>[] = [adopted(), onDay('2025-06-01', reworded('Färre utanför'))];
    given(...story)
      .when(cancel())
      .then(cancelled);
    expect(numbersOf(fold(decider, story) as JudgedItem).size).toBe(1);
    expect(numbersOf(fold(decider, [...story, cancelled]) as JudgedItem).size).toBe(0);
    given(...story, cancelled)
      .when(cancel())
      .then();
  });

  it('stays where something rests on it: what others tell, and what bodies have judged of it', () => {
    given(adopted())
      .when(cancel([say('item: {id}', 'uppdrag: {id}')({ id: ids.goal })]))
      .refused('nothing-rests-on-item');
    given(adopted(), assessed()).when(cancel()).refused('nothing-rests-on-item');
    given(adopted(), assessed(), withdrawn).when(cancel()).then(cancelled);
  });

  it('speaks of the day of its adoption, and of no other', () => {
    given(adopted()).when(cancel([], '2025-02-01')).refused('day-of-corrected');
  });

  it('takes nothing more, unless it is adopted anew', () => {
    given(adopted(), cancelled)
      .when(command('RewordItem', { title: 'Färre utanför' }, { plan }))
      .refused('item-not-cancelled');
    const again = { ...adopted(), effectiveOn: '2025-06-01' };
    given(adopted(), cancelled).when(adoptAnew).then(adopted());
    given(adopted(), cancelled, again).when(adoptAnew).refused('item-adopted-once');
    const state = fold(decider, [adopted(), reworded('Färre utanför'), cancelled, again]);
    expect(state).toMatchObject({ adoptedOn: '2025-06-01', title: { value: adopted().data.title } });
    expect(state).not.toHaveProperty('cancelled');
  });

  it('takes with it what was said before: nothing of that is taken back once it is adopted anew', () => {
    const story = [adopted(), reworded('Färre utanför'), cancelled, adopted()];
    const revisions = factsOf(story) as readonly RevisionFact[];
    expect(retractionIn(revisions, idNumbered(1))).toBeUndefined();
    given(...story)
      .when(takeBack(1, '2025-01-01'))
      .refused('revision-of-item');
  });
});
