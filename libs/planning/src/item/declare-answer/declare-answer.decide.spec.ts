import { describe, it } from '@jest/globals';
import type { ItemEvent } from '../item.events.js';
import { adopted, command, given, goal, ids, subject } from '../testing/item.examples.js';

describe('An item answers one of another plan', () => {
  const elsewhere = { answered: goal({ planId: ids.otherPlan }).item };
  const declare = (data: object = {}, facts: object = elsewhere) =>
    command('DeclareAnswer', { answersId: ids.successor, ...data }, facts as never);
  const declared: ItemEvent = {
    type: 'ItemAnswerDeclared',
    data: { ...subject, answersId: ids.successor, answersPlanId: ids.otherPlan, inferred: false },
  };

  it('once, and several of them', () => {
    given(adopted()).when(declare()).then(declared);
    given(adopted(), declared)
      .when(declare({ comment: 'Samma' }))
      .then();
    given(adopted(), declared)
      .when(declare({ answersId: ids.otherGoal, inferred: true, comment: 'Samma lydelse' }))
      .then({
        type: 'ItemAnswerDeclared',
        data: { ...declared.data, answersId: ids.otherGoal, inferred: true, comment: 'Samma lydelse' },
      });
  });

  it('anew where that was taken back', () => {
    const gone: ItemEvent = {
      type: 'ItemRevisionRetracted',
      data: { ...subject, retracted: 'ItemAnswerDeclared', revisions: [1], restores: {}, reason: 'Fel uppdrag' },
    };
    given(adopted(), declared, gone).when(declare()).then(declared);
  });

  it('never one of its own plan', () => {
    given(adopted())
      .when(declare({}, { answered: goal().item }))
      .refused('answers-item-of-another-plan');
  });

  it('by a hundred at most', () => {
    given(adopted(), ...Array.from({ length: 100 }, (): ItemEvent => declared))
      .when(declare({ answersId: ids.otherGoal }))
      .refused('answered-by-item');
  });
});
