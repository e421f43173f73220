import { describe, it } from '@jest/globals';
import { specify } from '#kernel/testing';
import { items } from './item.decider.js';
import type { ItemEvent } from './item.events.js';
import {
  adopted,
  adoptedWithoutNumber,
  assessed,
  assessing,
  command,
  goal,
  ids,
  plan,
} from './testing/item.examples.js';

const { given } = specify(items.decider);
const subject = { itemId: ids.item, planId: ids.plan };
const onDay = (effectiveOn: string, event: ItemEvent) => ({ ...event, effectiveOn });
const completed: ItemEvent = { type: 'ItemCompleted', data: subject };
const discontinued: ItemEvent = {
  type: 'ItemDiscontinued',
  data: { ...subject, reason: 'core-work', comment: 'Ingår i grunduppdraget' },
};
const retained: ItemEvent = { type: 'ItemRetained', data: subject };
const reworded = (title: string): ItemEvent => ({ type: 'ItemReworded', data: { ...subject, title } });

describe('An item is adopted', () => {
  const uppdrag = { planId: ids.plan, kind: 'uppdrag', number: '34', title: 'Fler i arbete' };
  const adopt = (data: object = {}, parents = [] as ReturnType<typeof goal>[], on?: string) =>
    command('AdoptItem', { ...uppdrag, parents: parents.map(({ itemId }) => itemId), ...data }, { plan, parents }, on);

  it('once, under items of its plan', () => {
    given()
      .when(adopt({}, [goal()]))
      .then(adopted({ parents: [ids.goal] }));
    given(adopted()).when(adopt()).refused('item-adopted-once');
  });

  it('also without a number', () => {
    const { number: _, ...unnumbered } = uppdrag;
    given()
      .when(command('AdoptItem', unnumbered, { plan, parents: [] }))
      .then(adoptedWithoutNumber());
  });

  it('as a kind that the plan has', () => {
    given()
      .when(adopt({ kind: 'aktivitet' }))
      .refused('kind-of-plan');
  });

  it('under no item of another plan, of a kind that does not nest, or that has been discontinued by then', () => {
    given()
      .when(adopt({}, [goal({ planId: ids.otherPlan })]))
      .refused('parent-of-plan');
    given()
      .when(adopt({}, [goal({ kind: 'uppdrag' })]))
      .refused('kinds-nest');
    given()
      .when(adopt({ kind: 'fokusmal' }, [goal()]))
      .refused('kinds-nest');
    const ended = goal({ stage: { value: 'discontinued', since: '2025-02-01' } });
    given()
      .when(adopt({}, [ended], '2025-02-01'))
      .refused('parent-in-force');
    given()
      .when(adopt({}, [ended], '2025-01-31'))
      .then(adopted({ parents: [ids.goal] }));
    given()
      .when(adopt({}, [goal({ stage: { value: 'completed', since: '2025-02-01' } })]))
      .then(adopted({ parents: [ids.goal] }));
  });

  it('with documents that the plan names', () => {
    given()
      .when(adopt({ documents: ['trygghetsprogram'] }))
      .then(adopted({ documents: ['trygghetsprogram'] }));
    given()
      .when(adopt({ documents: ['trygghetsprogram', 'okant'] }))
      .refused('document-of-plan');
  });
});

describe('An item is reworded', () => {
  const reword = (data: Parameters<typeof command<'RewordItem'>>[1], on?: string) =>
    command('RewordItem', data, { plan }, on);

  it('in what has changed, beside what the document calls the revision', () => {
    given(adopted())
      .when(
        reword({
          title: 'Fler i arbete',
          text: 'Med stöd av näringslivet',
          printedLabel: 'Oförändrad',
          reason: 'Förtydligat',
        }),
      )
      .then({
        type: 'ItemReworded',
        data: {
          ...subject,
          text: 'Med stöd av näringslivet',
          printedLabel: 'Oförändrad',
          reason: 'Förtydligat',
        },
      });
  });

  it('not at all where nothing has changed, also where the same letters come composed otherwise', () => {
    given(adopted({ title: 'Färre utanför', expectedEffects: ['Egen försörjning'] }))
      .when(reword({ title: 'Färre utanför'.normalize('NFD'), expectedEffects: ['Egen försörjning'], reason: 'Igen' }))
      .then();
  });

  it('in its documents, which the plan names, and its expected effects', () => {
    given(adopted())
      .when(reword({ documents: ['trygghetsprogram'], expectedEffects: ['Fler i egen försörjning'] }))
      .then({
        type: 'ItemReworded',
        data: { ...subject, documents: ['trygghetsprogram'], expectedEffects: ['Fler i egen försörjning'] },
      });
    given(adopted())
      .when(reword({ documents: ['okant'] }))
      .refused('document-of-plan');
  });

  it('only by one who says how', () => {
    given(adopted())
      .when(reword({ printedLabel: 'Omformulerad' }))
      .refused('wording-given');
  });

  it('late, which does not undo what has held since a later day', () => {
    const history = [adopted(), onDay('2025-06-01', reworded('Lydelsen i juni'))];
    given(...history, onDay('2025-03-01', reworded('Lydelsen i mars')))
      .when(reword({ title: 'Lydelsen i juni' }, '2025-07-01'))
      .then();
  });

  it('late, to say that the wording of today held earlier', () => {
    given(adopted(), onDay('2025-06-01', reworded('Lydelsen i juni')))
      .when(reword({ title: 'Lydelsen i juni' }, '2025-04-01'))
      .then(reworded('Lydelsen i juni'));
  });
});

describe('An item changes', () => {
  it('its number, and may lose it', () => {
    given(adopted())
      .when(command('RenumberItem', { number: '36', printedLabel: 'Nytt nummer' }))
      .then({ type: 'ItemRenumbered', data: { ...subject, number: '36', printedLabel: 'Nytt nummer' } });
    given(adopted())
      .when(command('RenumberItem', { number: '34' }))
      .then();
    given(adopted()).when(command('RenumberItem', {})).then({ type: 'ItemRenumbered', data: subject });
    given(adoptedWithoutNumber()).when(command('RenumberItem', {})).then();
  });

  it('the items it lies under, but never to lie under itself', () => {
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

  it('whom it concerns, and may concern nobody by name', () => {
    const concerned = { groupId: ids.group, asPrinted: 'Alla nämnder och bolag' };
    given(adopted())
      .when(command('ChangeConcerned', { concerned, reason: 'Beslut i KF' }))
      .then({ type: 'ItemConcernedChanged', data: { ...subject, concerned, reason: 'Beslut i KF' } });
    given(adopted({ concerned })).when(command('ChangeConcerned', { concerned })).then();
    given(adopted({ concerned }))
      .when(command('ChangeConcerned', {}))
      .then({ type: 'ItemConcernedChanged', data: subject });
    given(adopted()).when(command('ChangeConcerned', {})).then();
  });

  it('who is responsible', () => {
    given(adopted())
      .when(command('ChangeResponsible', { responsible: [ids.body] }))
      .then({ type: 'ItemResponsibleChanged', data: { ...subject, responsible: [ids.body] } });
    given(adopted({ responsible: [ids.body, ids.otherBody] }))
      .when(command('ChangeResponsible', { responsible: [ids.body, ids.otherBody] }))
      .then();
  });
});

describe('An item ends', () => {
  const discontinue = (on?: string) =>
    command('DiscontinueItem', { reason: 'core-work', comment: 'Ingår i grunduppdraget' }, undefined, on);
  const complete = (on?: string) => command('CompleteItem', {}, undefined, on);

  it('completed, or discontinued for a reason', () => {
    given(adopted()).when(complete()).then(completed);
    given(adopted()).when(discontinue()).then(discontinued);
  });

  it('once; the same end again leaves no trace', () => {
    given(adopted(), onDay('2025-03-31', completed)).when(complete('2025-03-31')).then();
    given(adopted(), onDay('2025-03-31', completed)).when(complete('2025-04-01')).refused('item-ends-once');
    given(adopted(), onDay('2025-03-31', completed)).when(discontinue('2025-03-31')).refused('item-ends-once');
    const ended = onDay('2025-03-31', discontinued);
    given(adopted(), ended).when(discontinue('2025-03-31')).then();
    const otherwise = command('DiscontinueItem', { reason: 'merged', comment: 'Ingår i 17' }, undefined, '2025-03-31');
    given(adopted(), ended).when(otherwise).refused('item-ends-once');
  });

  it('not before a day that it was kept on', () => {
    given(adopted(), onDay('2025-06-01', retained)).when(complete('2025-05-31')).refused('item-ends-last');
    given(adopted(), onDay('2025-06-01', retained)).when(complete('2025-06-01')).then(completed);
  });

  it('and is not revised after that day, though it may have been before it', () => {
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

describe('An item is retained', () => {
  it('through one revision after another, and once a day', () => {
    const retain = (on: string) => command('RetainItem', { comment: 'Kvar' }, undefined, on);
    const kept: ItemEvent = { type: 'ItemRetained', data: { ...subject, comment: 'Kvar' } };
    given(adopted()).when(retain('2025-03-31')).then(kept);
    given(adopted(), onDay('2025-03-31', kept)).when(retain('2025-03-31')).then();
    given(adopted(), onDay('2025-03-31', kept)).when(retain('2025-08-31')).then(kept);
  });
});

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

  it('never by itself', () => {
    given(adopted())
      .when(succeed({ successorId: ids.item }))
      .refused('successor-is-another');
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
