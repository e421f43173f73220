import { factsOf, idNumbered as eventNumbered, specify } from '#kernel/testing';
import type { GivenEvent } from '#kernel/testing';
import type { AdoptedPlan, PlanContent } from '../../plan/plan.decider.js';
import type { PlanAdopted } from '../../plan/plan.events.js';
import { seriesOf } from '../../plan/plan.series.js';
import { adopt } from '../adopt/adopt.decide.js';
import type { AdoptItem } from '../adopt/adopt.decide.js';
import { toldOf } from '../assessment.told.js';
import type { ToldAssessment } from '../assessment.told.js';
import { assess } from '../assess/assess.decide.js';
import type { AssessItem, AssessmentFacts } from '../assess/assess.decide.js';
import { cancel } from '../cancel/cancel.decide.js';
import type { CancelItem } from '../cancel/cancel.decide.js';
import { changeConcerned } from '../change-concerned/change-concerned.decide.js';
import type { ChangeConcerned } from '../change-concerned/change-concerned.decide.js';
import { changeResponsible } from '../change-responsible/change-responsible.decide.js';
import type { ChangeResponsible } from '../change-responsible/change-responsible.decide.js';
import { complete } from '../complete/complete.decide.js';
import type { CompleteItem } from '../complete/complete.decide.js';
import { correctAssessment } from '../correct-assessment/correct-assessment.decide.js';
import type { CorrectAssessment } from '../correct-assessment/correct-assessment.decide.js';
import { discontinue } from '../discontinue/discontinue.decide.js';
import type { DiscontinueItem } from '../discontinue/discontinue.decide.js';
import { handOver } from '../hand-over/hand-over.decide.js';
import type { HandOverItem } from '../hand-over/hand-over.decide.js';
import { namingsOf } from '../hand-over/item.held.js';
import { hold } from '../hold/hold.decide.js';
import type { HoldItem } from '../hold/hold.decide.js';
import { itemsThat } from '../item.aggregate.js';
import type { ItemAdopted, ItemAssessed, ItemEvent, ItemHeld, ItemResumed } from '../item.events.js';
import { isJudgement } from '../item.properties.js';
import type { ItemProperties } from '../item.properties.js';
import type { RevisionFact } from '../revision.told.js';
import type { ItemDecision, ParentFact } from '../item.rules.js';
import { move } from '../move/move.decide.js';
import type { MoveItem } from '../move/move.decide.js';
import { renumber } from '../renumber/renumber.decide.js';
import type { RenumberItem } from '../renumber/renumber.decide.js';
import { reinstateAssessment } from '../reinstate-assessment/reinstate-assessment.decide.js';
import type { ReinstateAssessment } from '../reinstate-assessment/reinstate-assessment.decide.js';
import { resume } from '../resume/resume.decide.js';
import type { ResumeItem } from '../resume/resume.decide.js';
import { retain } from '../retain/retain.decide.js';
import type { RetainItem } from '../retain/retain.decide.js';
import { retract } from '../retract/retract.decide.js';
import type { RetractItemRevision } from '../retract/retract.decide.js';
import { retractionIn } from '../retract/retraction.told.js';
import { reword } from '../reword/reword.decide.js';
import type { RewordItem } from '../reword/reword.decide.js';
import { succeed } from '../succeed/succeed.decide.js';
import { declareAnswer } from '../declare-answer/declare-answer.decide.js';
import type { DeclareAnswer } from '../declare-answer/declare-answer.decide.js';
import type { SucceedItem } from '../succeed/succeed.decide.js';
import { withdrawAssessment } from '../withdraw-assessment/withdraw-assessment.decide.js';
import type { WithdrawAssessment } from '../withdraw-assessment/withdraw-assessment.decide.js';

/** Every command to an item, as its decision sees it. */
export type AnyCommand =
  | AdoptItem
  | RewordItem
  | RenumberItem
  | MoveItem
  | ChangeConcerned
  | ChangeResponsible
  | RetainItem
  | CompleteItem
  | DiscontinueItem
  | SucceedItem
  | DeclareAnswer
  | HandOverItem
  | HoldItem
  | ResumeItem
  | RetractItemRevision
  | CancelItem
  | AssessItem
  | CorrectAssessment
  | WithdrawAssessment
  | ReinstateAssessment;

const decisions: { readonly [Type in AnyCommand['type']]: ItemDecision<Extract<AnyCommand, { type: Type }>> } = {
  AdoptItem: adopt,
  RewordItem: reword,
  RenumberItem: renumber,
  MoveItem: move,
  ChangeConcerned: changeConcerned,
  ChangeResponsible: changeResponsible,
  RetainItem: retain,
  CompleteItem: complete,
  DiscontinueItem: discontinue,
  SucceedItem: succeed,
  DeclareAnswer: declareAnswer,
  HandOverItem: handOver,
  HoldItem: hold,
  ResumeItem: resume,
  RetractItemRevision: retract,
  CancelItem: cancel,
  AssessItem: assess,
  CorrectAssessment: correctAssessment,
  WithdrawAssessment: withdrawAssessment,
  ReinstateAssessment: reinstateAssessment,
};

/** Items that decide on whatever they are asked. */
export const { decider } = itemsThat<AnyCommand>((command, item) => decisions[command.type](command as never, item));

const { given: sentence } = specify(decider);

/** Starts a sentence about an item: a command about an assessment is told what was said of it up to now. */
export const given = (...events: readonly GivenEvent<ItemEvent>[]) => {
  const { when } = sentence(...events);
  return { when: (asked: AnyCommand) => when(toldBy(asked, events)) };
};

const isAboutAssessment = (type: AnyCommand['type']) =>
  type === 'CorrectAssessment' || type === 'WithdrawAssessment' || type === 'ReinstateAssessment';

/** A command with what it is about, an assessment or a revision, as its handler finds it in the item's story. */
export function toldBy(asked: AnyCommand, story: readonly GivenEvent<ItemEvent>[]): AnyCommand {
  if (asked.type === 'RetractItemRevision') return retracting(asked, story);
  if (asked.type === 'HandOverItem') return handingOver(asked, story);
  if (!('assessmentId' in asked.data) || !isAboutAssessment(asked.type)) return asked;
  const { assessmentId } = asked.data;
  const assessment = factsOf(story).reduce(
    (told: ToldAssessment | undefined, event) => toldOf(told, event, assessmentId),
    undefined,
  );
  return { ...asked, facts: { ...asked.facts, assessment } } as AnyCommand;
}

/** It finds in the story where the item names the body, unless a specification says so. */
const handingOver = (asked: HandOverItem, story: readonly GivenEvent<ItemEvent>[]): HandOverItem => ({
  ...asked,
  facts: asked.facts ?? { held: namingsOf(factsOf(story), asked.data.bodyId, asked.effectiveOn) },
});

/** It speaks of the day of what it takes back, unless it is to be refused for another. */
function retracting(asked: RetractItemRevision, story: readonly GivenEvent<ItemEvent>[]): RetractItemRevision {
  const facts = factsOf(story);
  const revisions = facts.filter((fact): fact is RevisionFact => !isJudgement(fact));
  const told = retractionIn(revisions, asked.data.retracts);
  return { ...asked, facts: { ...asked.facts, told } };
}

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
export const planContent: PlanContent = {
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

export const plan: AdoptedPlan = {
  ...{ status: 'adopted', since: {}, ...planContent },
  series: seriesOf(factsOf<PlanAdopted>([{ type: 'PlanAdopted', data: { planId: ids.plan, ...planContent } }])[0]!),
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
}: Partial<ItemProperties> & { ancestors?: readonly string[]; itemId?: string } = {}): ParentFact => {
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
      text: { value: null, since },
      parents: { value: [], since },
      concerned: { value: null, since },
      responsible: { value: [], since },
      documents: { value: [], since },
      expectedEffects: { value: [], since },
      lifecycle: { value: { state: 'active' }, since },
      hold: { value: null, since },
      successors: [],
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
    othersMayContribute: true,
    isOpened: true,
  },
  plan,
  levels,
  bodyDissolvedOn: undefined,
  isTaken: true,
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
    scale: { scaleId: ids.scale, version: 1 },
    level: 'delayed',
    motivation: 'Upphandlingen är överklagad.',
    evidence: [],
    ...data,
  },
});

/** A command to the item, as its decision sees it. */
export const command = <Type extends AnyCommand['type']>(
  type: Type,
  data: Extract<AnyCommand, { type: Type }>['data'],
  facts?: Omit<NonNullable<Extract<AnyCommand, { type: Type }>['facts']>, 'assessment'>,
  // What changes an assessment speaks of its day: that of whatever is given without one.
  effectiveOn = isAboutAssessment(type) ? '2025-01-01' : '2025-03-31',
): AnyCommand => ({ type, id: ids.item, data, facts, effectiveOn }) as AnyCommand;

/** What every event of the item says. */
export const subject = { itemId: ids.item, planId: ids.plan };

/** An event, and the day that it speaks of. */
export const onDay = (effectiveOn: string, event: ItemEvent) => ({ ...event, effectiveOn });

export const completed: ItemEvent = { type: 'ItemCompleted', data: subject };
export const discontinued: ItemEvent = {
  type: 'ItemDiscontinued',
  data: { ...subject, reason: 'core-work', comment: 'Ingår i grunduppdraget' },
};
export const retained: ItemEvent = { type: 'ItemRetained', data: subject };
export const reworded = (title: string): ItemEvent => ({ type: 'ItemReworded', data: { ...subject, title } });

/** A hold of the summer. */
export const held = (data: Partial<ItemHeld['data']> = {}): ItemHeld => ({
  type: 'ItemHeld',
  data: { ...subject, until: '2025-09-01', reason: 'Väntar på statsbidrag', ...data },
});
export const resumed = (data: Partial<ItemResumed['data']> = {}): ItemResumed => ({
  type: 'ItemResumed',
  data: { ...subject, ...data },
});

/** A judgement of April, as a body gives it. */
export const judgement = {
  roundId: ids.april,
  bodyId: ids.body,
  level: 'delayed',
  motivation: 'Upphandlingen är överklagad.',
};

/** What events say of that assessment. */
export const aboutAssessment = {
  ...subject,
  assessmentId: ids.assessment,
  roundId: ids.april,
  bodyId: ids.body,
  capacity: 'contribution' as const,
};
export const withdrawn: ItemEvent = {
  type: 'AssessmentWithdrawn',
  data: { ...aboutAssessment, reason: 'Fel uppdrag' },
};

/** The command that gives that judgement, or another. */
export const judge = (data: object = {}, facts: Partial<AssessmentFacts> = {}) =>
  command('AssessItem', { ...judgement, ...data }, assessing(facts));

/** The command that takes back the event of a revision of the story. */
export const takeBack = (revision: number, day: string): AnyCommand =>
  ({
    ...{ type: 'RetractItemRevision', id: ids.item, facts: { parents: [] }, effectiveOn: day },
    data: { retracts: eventNumbered(revision), reason: 'Avsåg ett annat uppdrag' },
  }) as unknown as AnyCommand;
