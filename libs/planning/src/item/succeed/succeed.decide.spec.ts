import { describe, it } from '@jest/globals';
import { factsOf, idNumbered } from '#kernel/testing';
import type { ItemEvent } from '../item.events.js';
import { retractionIn } from '../retract/retraction.told.js';
import { adopted, command, discontinued, given, goal, ids, onDay, subject } from '../testing/item.examples.js';

describe('An item is succeeded', () => {
  const facts = { successor: goal({ planId: ids.otherPlan }).item };
  const succeed = (data: object = {}) =>
    command('SucceedItem', { successorId: ids.successor, kind: 'merged', ...data }, facts);
  const succeeded: ItemEvent = {
    type: 'ItemSucceeded',
    data: {
      ...subject,
      successorId: ids.successor,
      successorPlanId: ids.otherPlan,
      kind: 'merged',
      inferred: true,
      comment: 'Enligt texten',
    },
  };

  it('by an item of any plan, also after its end', () => {
    given(adopted(), onDay('2025-02-01', discontinued))
      .when(succeed({ inferred: true, comment: 'Enligt texten' }))
      .then(succeeded);
  });

  it('by the same one in the same way once', () => {
    given(adopted(), succeeded).when(succeed()).then();
    given(adopted(), succeeded)
      .when(succeed({ kind: 'continues' }))
      .then({
        type: 'ItemSucceeded',
        data: {
          ...subject,
          successorId: ids.successor,
          successorPlanId: ids.otherPlan,
          kind: 'continues',
          inferred: false,
        },
      });
  });

  it('by another one, where the link is corrected', () => {
    const told = retractionIn(factsOf([adopted(), succeeded]), idNumbered(1));
    const correct = (data: object) =>
      ({
        ...command(
          'SucceedItem',
          { successorId: ids.otherGoal, kind: 'merged', ...data },
          { ...facts, corrected: told },
        ),
        effectiveOn: '2025-01-01',
      }) as ReturnType<typeof command>;
    const gone = { ...subject, retracted: 'ItemSucceeded' as const, revisions: [1], restores: {} };
    const taken = (reason: string): ItemEvent => ({
      type: 'ItemRevisionRetracted',
      data: { ...gone, successor: { itemId: ids.successor, kind: 'merged' }, reason },
    });
    const link = { successorId: ids.otherGoal, successorPlanId: ids.otherPlan, kind: 'merged' as const };
    given(adopted(), succeeded)
      .when(correct({ comment: 'Fel rad' }))
      .then(taken('Fel rad'), {
        type: 'ItemSucceeded',
        data: { ...subject, ...link, inferred: false, comment: 'Fel rad' },
      });
    const same = { ...link, successorId: ids.successor };
    given(adopted(), succeeded)
      .when(correct({ successorId: ids.successor }))
      .then(taken('Rättelse'), { type: 'ItemSucceeded', data: { ...subject, ...same, inferred: false } });
  });

  it('by a hundred at most', () => {
    const many = Array.from({ length: 100 }, (): ItemEvent => succeeded);
    given(adopted(), ...many)
      .when(succeed({ kind: 'continues' }))
      .refused('successors-of-item');
  });

  it('never by itself', () => {
    given(adopted())
      .when(succeed({ successorId: ids.item }))
      .refused('successor-is-another');
  });
});
