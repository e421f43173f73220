import { describe, expect, it } from '@jest/globals';
import { factsOf, idNumbered } from '#kernel/testing';
import type { GivenEvent } from '#kernel/testing';
import type { ItemEvent } from './item.events.js';
import { checkCorrects, revisionAfter } from './revision.told.js';
import type { RevisionFact, ToldRevision } from './revision.told.js';
import { adopted, command, completed, discontinued, given, onDay, reworded, subject } from './testing/item.examples.js';

const july = '2025-07-01';

describe('What was recorded of an item wrongly is corrected', () => {
  const corrects = (asked: ReturnType<typeof command>, revision: number) => ({
    ...asked,
    corrects: idNumbered(revision),
  });
  const check = (story: GivenEvent<ItemEvent>[], revision: number, type: RevisionFact['type'], day?: string) => () => {
    const event = idNumbered(revision);
    const told = factsOf(story).reduce(
      (known: ToldRevision | undefined, fact) => revisionAfter(known, fact, event),
      undefined,
    );
    checkCorrects(told, { event, type, day });
  };

  it('also where that is its end, and after its end', () => {
    given(adopted(), onDay(july, discontinued))
      .when(corrects(command('DiscontinueItem', { reason: 'merged', comment: 'Slogs ihop' }, undefined, july), 1))
      .then({ type: 'ItemDiscontinued', data: { ...subject, reason: 'merged', comment: 'Slogs ihop' } });
    given(adopted(), onDay(july, completed))
      .when(corrects(command('CompleteItem', { comment: 'Enligt bokslutet' }, undefined, july), 1))
      .then({ type: 'ItemCompleted', data: { ...subject, comment: 'Enligt bokslutet' } });
    const renumbered = { type: 'ItemRenumbered' as const, data: { ...subject, number: '36' } };
    given(adopted(), onDay(july, renumbered), onDay(july, completed))
      .when(corrects(command('RenumberItem', { number: '35' }, undefined, july), 1))
      .then({ type: 'ItemRenumbered', data: { ...subject, number: '35' } });
  });

  it('by an event of its kind, on its day, while no other has taken its place', () => {
    const right = { ...onDay(july, reworded('Rätt')), corrects: idNumbered(1) };
    const story = [adopted(), onDay(july, reworded('Fel')), right];
    expect(check(story, 2, 'ItemReworded')).not.toThrow();
    expect(check(story, 2, 'ItemReworded', july)).not.toThrow();
    expect(check(story, 2, 'ItemReworded', '2025-08-01')).toThrow('speaks of the day');
    expect(check(story, 2, 'ItemCompleted')).toThrow('cannot correct');
    expect(check(story, 1, 'ItemReworded')).toThrow(idNumbered(2));
    expect(check(story, 9, 'ItemReworded')).toThrow('no revision');
  });
});
