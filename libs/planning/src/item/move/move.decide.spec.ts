import { describe, it } from '@jest/globals';
import { adopted, command, given, goal, ids, plan, subject } from '../testing/item.examples.js';

describe('An item is moved', () => {
  it('under items of its plan, but never under itself', () => {
    const move = (...parents: ReturnType<typeof goal>[]) =>
      command('MoveItem', { parents: parents.map(({ itemId }) => itemId) }, { plan, parents });
    const other = goal({ itemId: ids.otherGoal });
    given(adopted({ parents: [ids.goal] }))
      .when(move(goal(), other))
      .then({ type: 'ItemMoved', data: { ...subject, parents: [ids.goal, ids.otherGoal] } });
    given(adopted({ parents: [ids.goal] }))
      .when(move(goal()))
      .then();
    given(adopted({ parents: [ids.goal] }))
      .when(move())
      .then({ type: 'ItemMoved', data: { ...subject, parents: [] } });
    given(adopted())
      .when(move(goal({ ancestors: [ids.otherGoal, ids.item] })))
      .refused('items-nest');
    given(adopted())
      .when(move(goal({ itemId: ids.item })))
      .refused('items-nest');
    given(adopted())
      .when(move(goal({ planId: ids.otherPlan })))
      .refused('parent-of-plan');
  });
});
