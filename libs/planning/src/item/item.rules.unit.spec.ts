import { describe, it } from '@jest/globals';
import type { ItemEvent } from './item.events.js';
import {
  adopted,
  assessed,
  assessing,
  command,
  completed,
  discontinued,
  given,
  goal,
  ids,
  onDay,
  plan,
  reworded,
} from './testing/item.examples.js';

describe('An item that has ended', () => {
  it('is not revised after that day, though it may have been before it', () => {
    const after = (name: ItemEvent) => given(adopted(), onDay('2025-06-30', name));
    const revisions = (on: string) => [
      command('RewordItem', { title: 'Ny lydelse' }, { plan }, on),
      command('RenumberItem', { number: '36' }, undefined, on),
      command('MoveItem', { parents: [ids.goal] }, { plan, parents: [goal()] }, on),
      command('ChangeConcerned', { concerned: { bodies: [ids.body] } }, undefined, on),
      command('ChangeResponsible', { responsible: [ids.body] }, undefined, on),
      command('RetainItem', {}, undefined, on),
    ];
    for (const revision of revisions('2025-06-30')) {
      after(completed).when(revision).refused('item-in-force');
      after(discontinued).when(revision).refused('item-in-force');
    }
    after(completed)
      .when(command('RewordItem', { title: 'Ny lydelse' }, { plan }, '2025-06-29'))
      .then(reworded('Ny lydelse'));
  });
});

describe('Nothing takes effect', () => {
  it('before the item was adopted', () => {
    const early = '2024-12-31';
    const refused = [
      command('RewordItem', { title: 'Ny' }, { plan }, early),
      command('CompleteItem', {}, undefined, early),
      command('SucceedItem', { successorId: ids.successor, kind: 'merged' }, { successor: goal().item }, early),
      command(
        'AssessItem',
        { roundId: ids.april, bodyId: ids.body, level: 'delayed', motivation: 'Försenat' },
        assessing(),
        early,
      ),
    ];
    for (const asked of refused) given(adopted()).when(asked).refused('effective-after-adoption');
    given(adopted(), assessed())
      .when(command('WithdrawAssessment', { assessmentId: ids.assessment, reason: 'Fel' }, undefined, early))
      .refused('effective-after-adoption');
  });

  it('on an item that was never adopted', () => {
    given().when(command('RetainItem', {})).refused('item-adopted');
  });
});
