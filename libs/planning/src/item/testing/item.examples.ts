import type { AdoptedPlan } from '../../plan/plan.decider.js';
import type { AssessmentFacts } from '../assessment.decider.js';
import type { ItemCommand, ParentFact } from '../item.decider.js';
import type { AdoptedItem } from '../item.js';
import type { ItemAdopted, ItemAssessed } from '../item.events.js';

/** Ids that a reader of a specification can tell apart. */
const idNumbered = (number: number): string => `018f0000-0000-7000-8000-${String(number).padStart(12, '0')}`;

export const ids = {
  item: idNumbered(1),
  plan: idNumbered(2),
  otherPlan: idNumbered(3),
  goal: idNumbered(4),
  otherGoal: idNumbered(5),
  successor: idNumbered(6),
  owner: idNumbered(10),
  body: idNumbered(11),
  otherBody: idNumbered(12),
  group: idNumbered(13),
  scale: idNumbered(20),
  april: idNumbered(30),
  august: idNumbered(31),
  assessment: idNumbered(40),
  otherAssessment: idNumbered(41),
  indicator: idNumbered(50),
};

/** A plan of 2025 with fokusmål and uppdrag under them. */
export const plan: AdoptedPlan = {
  status: 'adopted',
  since: {},
  title: 'Verksamhetsplan och budget 2025',
  owner: { bodyId: ids.owner, role: 'Ekonomidirektör' },
  validity: { from: '2025-01-01', to: '2025-12-31' },
  scale: { scaleId: ids.scale, version: 1 },
  kinds: [
    { code: 'fokusmal', label: 'Fokusmål', plural: 'Fokusmål', order: 1, parents: [] },
    { code: 'uppdrag', label: 'Uppdrag', plural: 'Uppdrag', order: 2, parents: ['fokusmal'] },
  ],
  documents: [{ code: 'trygghetsprogram', title: 'Program för trygghet' }],
  calendar: [],
};

export const levels = ['completed', 'on-track', 'delayed', 'not-carried-out'];

/** The item's adoption as an uppdrag of the plan. */
export const adopted = (data: Partial<ItemAdopted['data']> = {}): ItemAdopted => ({
  type: 'ItemAdopted',
  data: {
    itemId: ids.item,
    planId: ids.plan,
    kind: 'uppdrag',
    number: '34',
    title: 'Fler i arbete',
    parents: [],
    responsible: [],
    documents: [],
    expectedEffects: [],
    ...data,
  },
});

/** The adoption of an item that has no number. */
export function adoptedWithoutNumber(): ItemAdopted {
  const { number: _, ...data } = adopted().data;
  return { type: 'ItemAdopted', data };
}

/** A fokusmål of the plan, to lie under. */
export const goal = ({
  ancestors = [],
  itemId = ids.goal,
  ...item
}: Partial<AdoptedItem> & { ancestors?: readonly string[]; itemId?: string } = {}): ParentFact => {
  const since = '2025-01-01';
  return {
    itemId,
    ancestors,
    item: {
      status: 'adopted',
      planId: ids.plan,
      kind: 'fokusmal',
      adoptedOn: since,
      number: { value: '4', since },
      title: { value: 'Tryggare stad', since },
      text: { value: undefined, since },
      parents: { value: [], since },
      concerned: { value: undefined, since },
      responsible: { value: [], since },
      documents: { value: [], since },
      expectedEffects: { value: [], since },
      stage: { value: 'active', since },
      remarks: {},
      successors: [],
      assessments: [],
      ...item,
    },
  };
};

/** The facts of an assessment in the round of April. */
export const assessing = (facts: Partial<AssessmentFacts> = {}): AssessmentFacts => ({
  assessmentId: ids.assessment,
  round: {
    planId: ids.plan,
    label: 'Delårsuppföljning april 2025',
    referenceDate: '2025-03-31',
    scope: ['uppdrag'],
  },
  plan,
  levels,
  bodyDissolvedOn: undefined,
  ...facts,
});

/** The assessment of April by a body that is not the plan's owner. */
export const assessed = (data: Partial<ItemAssessed['data']> = {}): ItemAssessed => ({
  type: 'ItemAssessed',
  data: {
    itemId: ids.item,
    planId: ids.plan,
    assessmentId: ids.assessment,
    roundId: ids.april,
    bodyId: ids.body,
    capacity: 'contribution',
    scale: plan.scale,
    level: 'delayed',
    motivation: 'Upphandlingen är överklagad.',
    evidence: [],
    ...data,
  },
});

/** A command to the item, as its decider sees it. */
export const command = <Type extends ItemCommand['type']>(
  type: Type,
  data: Extract<ItemCommand, { type: Type }>['data'],
  facts?: Extract<ItemCommand, { type: Type }>['facts'],
  effectiveOn = '2025-03-31',
): ItemCommand => ({ type, id: ids.item, data, facts, effectiveOn }) as ItemCommand;
