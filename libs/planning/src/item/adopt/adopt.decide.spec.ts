import { describe, it } from '@jest/globals';
import { adopted, adoptedWithoutNumber, command, given, goal, ids, plan } from '../testing/item.examples.js';

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
    const ended = goal({ lifecycle: { value: { state: 'discontinued' }, since: '2025-02-01' } });
    given()
      .when(adopt({}, [ended], '2025-02-01'))
      .refused('parent-in-force');
    given()
      .when(adopt({}, [ended], '2025-01-31'))
      .then(adopted({ parents: [ids.goal] }));
    given()
      .when(adopt({}, [goal({ lifecycle: { value: { state: 'completed' }, since: '2025-02-01' } })]))
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
