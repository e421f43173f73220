import {
  BodyName,
  calledInWords,
  comingProperties,
  discontinuationReasons,
  EvidenceFields,
  heldOn,
  isSameScale,
  labelOf,
  levelView,
  LevelView,
  LinkView,
  OtherNumber,
  precededInWords,
  ScaleVersion,
  succeededInWords,
} from '#planning';
import type {
  AnswerLink,
  Assessment,
  CalledItem,
  Coming,
  DiscontinuationReason,
  Evidence,
  ItemLink,
  CountedItem,
  OwnersStatus,
  PlanDocument,
  StandingItem,
} from '#planning';
import {
  AnyTextField,
  ChoiceField,
  CodeField,
  DayField,
  IdField,
  InstantField,
  IntegerField,
  JsonField,
  ObjectField,
  ObjectsField,
  ValuesField,
  ProvenanceView,
} from '#http-api';
import { kind, provenanceOf } from '#kernel';
import { AnsweredView, answeredView } from '../answers/answers.view.js';
import { CancelledView } from '#organisation';
import type { Cancelled } from '#organisation';
import { comingInWords } from './coming-in-words.js';
import type { Directory } from '../directory.js';

const trends = ['better', 'worse', 'unchanged', 'first', 'not-comparable'] as const;
type Trend = (typeof trends)[number];

export class AssessmentView extends ProvenanceView {
  @IdField({ description: 'The assessment' })
  assessmentId!: string;
  @ObjectField(() => LevelView, { description: 'The level' })
  level!: LevelView;
  @ObjectField(() => ScaleVersion, { description: 'The version of the scale that the level is of' })
  scale!: ScaleVersion;
  @AnyTextField({ example: 'Upphandlingen är överklagad.', description: 'Why the body judges so' })
  motivation!: string;
  @ObjectsField(() => EvidenceFields, { example: [{ note: 'Protokoll' }], description: 'What the judgement rests on' })
  evidence!: readonly Evidence[];
  @ObjectField(() => BodyName, { description: 'Whose judgement it is' })
  body!: BodyName;
  @AnyTextField({ example: 'reporter', description: 'The role of who recorded it' })
  role!: string;
  @IdField({ description: 'The round' })
  roundId!: string;
  @AnyTextField({ example: 'Delårsuppföljning april 2025', description: 'The name of the round' })
  round!: string;
  @DayField({ example: '2025-04-08', description: 'The day that it speaks of' })
  effectiveOn!: string;
  @InstantField({ description: 'When it was recorded' })
  recordedAt!: string;
  @InstantField({ description: 'When it was last corrected', optional: true })
  correctedAt?: string;
}

export class StatusView extends AssessmentView {
  @DayField({ example: '2025-03-31', description: 'Since when the level has been the same' })
  since!: string;
  @ChoiceField({
    of: trends,
    description: 'Against the round before; not-comparable where that was judged on another version of a scale',
  })
  trend!: Trend;
}

class GivenView {
  @ObjectField(() => BodyName, { description: 'The body that gave it' })
  body!: BodyName;
  @AnyTextField({ example: '2021', description: 'The day, or the year', optional: true })
  on?: string;
  @AnyTextField({ example: '2021:8', description: 'Its number there', optional: true })
  reference?: string;
}

class ActingView {
  @ObjectField(() => BodyName, { description: 'The responsible body' })
  body!: BodyName;
  @ObjectsField(() => BodyName, { description: 'Those through whom it acts' })
  through!: BodyName[];
}

class ParentView {
  @IdField({ description: 'The item' })
  id!: string;
  @AnyTextField({ example: 'Fokusmål 4', description: 'What it is called' })
  label!: string;
}

class ConcernedView {
  @AnyTextField({ example: 'Alla nämnder och bolag', description: 'The group, where it is one', optional: true })
  group?: string;
  @AnyTextField({ example: 'Alla nämnder och bolag', description: 'As the document prints it', optional: true })
  asPrinted?: string;
  @ObjectsField(() => BodyName, { description: 'The bodies; those of a group as of that day' })
  bodies!: BodyName[];
}

class HoldView {
  @DayField({ example: '2025-04-08', description: 'From which day' })
  since!: string;
  @DayField({ example: '2025-09-01', description: 'The day on which it goes on' })
  until!: string;
  @AnyTextField({ example: 'Väntar på statsbidrag', description: 'Why' })
  reason!: string;
  @AnyTextField({ example: 'Vilar till 2025-09-01', description: 'The same in words' })
  label!: string;
}

class ComingView {
  @DayField({ example: '2027-01-01', description: 'From which day' })
  on!: string;
  @ChoiceField({ of: comingProperties, description: 'What is otherwise from then on' })
  property!: Coming['property'];
  @JsonField({ example: 'Fler i arbete', description: 'What it is then: as the command or its event says it' })
  value!: unknown;
  @AnyTextField({ example: 'Rubriken blir ”Fler i arbete”', description: 'The same in words' })
  words!: string;
}

const states = ['active', 'retained', 'completed', 'discontinued'] as const;

class LifecycleView {
  @ChoiceField({ of: states, example: 'active', description: 'Whether it is in force' })
  state!: (typeof states)[number];
  @DayField({ example: '2025-01-01', description: 'Since when' })
  since!: string;
  @ChoiceField({ of: discontinuationReasons, description: 'Why it ended', optional: true })
  reason?: DiscontinuationReason;
  @AnyTextField({ description: 'The reason in words, or a remark', optional: true })
  comment?: string;
  @AnyTextField({ description: 'How the document itself calls it', optional: true })
  printedLabel?: string;
}

/** A link between two items, at one of its ends: what stands at the other. */
class SuccessionView extends LinkView {
  @IdField({ description: 'The other item' })
  itemId!: string;
  @IdField({ description: 'Its plan' })
  planId!: string;
  @AnyTextField({ example: 'Verksamhetsplan 2025', description: 'The title of that plan' })
  plan!: string;
  @AnyTextField({ example: 'Åtgärd 20', description: 'Its kind and number' })
  label!: string;
  @AnyTextField({ example: '20', description: 'Its number, where it has one', optional: true })
  number?: string;
  @AnyTextField({ example: 'Fler i arbete', description: 'Its wording' })
  title!: string;
  @AnyTextField({
    example: 'Omformulerades till Åtgärd 20 ”Fler i arbete” i Verksamhetsplan 2025',
    description: 'The link in words',
  })
  words!: string;
}

export class ItemView {
  @IdField({ description: 'The item' })
  id!: string;
  @IdField({ description: 'Its plan' })
  planId!: string;
  @CodeField({ example: 'uppdrag-34', description: 'How files name it', optional: true })
  key?: string;
  @CodeField({ example: 'uppdrag', description: 'The code of its kind' })
  kind!: string;
  @AnyTextField({ example: '34', description: 'Its number, where it has one', optional: true })
  number?: string;
  @AnyTextField({ example: 'Uppdrag 34', description: 'Its kind and number' })
  label!: string;
  @AnyTextField({ example: 'Fler i arbete', description: 'Its wording' })
  title!: string;
  @AnyTextField({ example: 'Insatser för fler i arbete.', description: 'What it is about', optional: true })
  text?: string;
  @ObjectsField(() => ParentView, { description: 'The items that it lies under' })
  parents!: ParentView[];
  @ObjectField(() => ConcernedView, { description: 'Whom it concerns (berörda)', optional: true })
  concerned?: ConcernedView;
  @ObjectsField(() => BodyName, { description: 'The responsible bodies (ansvariga)' })
  responsible!: BodyName[];
  @ValuesField(kind.anyText, { example: ['Policy för hållbar utveckling'], description: 'The governing documents' })
  documents!: string[];
  @ValuesField(kind.anyText, { example: ['Resurserna räcker längre'], description: 'What it should lead to' })
  expectedEffects!: readonly string[];
  @ObjectsField(() => OtherNumber, { description: 'Numbers that it has in other documents', optional: true })
  otherNumbers?: readonly OtherNumber[];
  @ObjectField(() => GivenView, { description: 'Who gave it, where a document tells that', optional: true })
  given?: GivenView;
  @ObjectsField(() => ActingView, { description: 'Responsible bodies that act through others', optional: true })
  acting?: readonly ActingView[];
  @ObjectField(() => LifecycleView, { description: 'Whether it is in force, and what ended it' })
  lifecycle!: LifecycleView;
  @ObjectField(() => HoldView, { description: 'The hold that it is on, where it rests', optional: true })
  hold?: HoldView;
  @ObjectField(() => StatusView, {
    description: "The plan owner's newest assessment; null: not yet assessed",
    nullable: true,
  })
  status!: StatusView | null;
  @AnyTextField({ example: 'Gul', description: 'The status in words: the label of its level, or “Inte bedömd”' })
  statusLabel!: string;
  @ObjectsField(() => AssessmentView, { description: 'The newest assessment of every other body' })
  contributions!: AssessmentView[];
  @ObjectsField(() => SuccessionView, { description: 'The items that succeed it, of this plan and others' })
  successors!: readonly SuccessionView[];
  @ObjectsField(() => SuccessionView, { description: 'The items that it succeeds, of this plan and others' })
  predecessors!: readonly SuccessionView[];
  @ObjectsField(() => AnsweredView, { description: 'The items of other plans that it answers' })
  answersTo!: readonly AnsweredView[];
  @ObjectsField(() => ComingView, {
    example: [{ on: '2027-01-01', property: 'title', value: 'Fler i arbete', words: 'Rubriken blir ”Fler i arbete”' }],
    description: 'What is known to hold from later days on, the next one first: told of today and of later days',
  })
  coming!: ComingView[];
  @ObjectField(() => CancelledView, {
    description: 'That it was adopted by mistake: it is in no list then, and is shown as it was',
    optional: true,
  })
  cancelled?: Cancelled;
  @IntegerField({ min: 0, example: 4, description: 'The revision of its stream' })
  revision!: number;
}

/** What is told of an item beside what it says itself. */
export interface Around {
  readonly coming: readonly Coming[];
  /** By id. */
  readonly parents: ReadonlyMap<string, CountedItem>;
  /** The links by which it succeeds others. */
  readonly predecessors: readonly ItemLink[];
  /** The links by which it answers others. */
  readonly answers: readonly AnswerLink[];
  /** What the items at the other ends of its links are called, by id. */
  readonly called: ReadonlyMap<string, CalledItem>;
}

/** What a reader is shown of an item. */
export function itemView(
  item: StandingItem,
  plan: PlanDocument | undefined,
  directory: Directory,
  { answers, called, coming, parents, predecessors }: Around,
): ItemView {
  const status = statusView(item, directory);
  const { value: number } = item.number;
  return {
    id: item._id,
    planId: item.planId,
    ...(item.key && { key: item.key }),
    kind: item.kind,
    ...(number !== null && { number }),
    label: labelOf(item, plan),
    title: item.title.value,
    ...(item.text.value !== null && { text: item.text.value }),
    parents: item.parents.value.map((id) => ({ id, label: parents.has(id) ? labelOf(parents.get(id)!, plan) : id })),
    ...concernedView(item, directory),
    responsible: item.responsible.value.map((id) => directory.body(id)),
    documents: item.documents.value.map((code) => plan?.documents.find((known) => known.code === code)?.title ?? code),
    expectedEffects: item.expectedEffects.value,
    ...particularsView(item, directory),
    lifecycle: { ...item.lifecycle.value, since: item.lifecycle.since },
    ...holdView(item, directory.day),
    status,
    statusLabel: status?.level.label ?? 'Inte bedömd',
    contributions: item.contributions.map((assessment) => assessmentView(assessment, directory)),
    successors: item.successors.map((link) => ({
      ...succession(link, called),
      words: succeededInWords(link, calledBy(link.itemId, called)),
    })),
    predecessors: predecessors.map(({ comment, effectiveOn, from, fromPlan, inferred, kind, printedLabel }) => ({
      ...succession(
        {
          ...{ itemId: from, planId: fromPlan, kind, inferred, on: effectiveOn },
          ...(comment && { comment }),
          ...(printedLabel && { printedLabel }),
        },
        called,
      ),
      words: precededInWords({ kind, inferred }, calledBy(from, called)),
    })),
    answersTo: answers.map((link) => answeredView(link, called)),
    coming: coming.map(comingView),
    ...(item.cancelled && { cancelled: item.cancelled }),
    revision: item.revision,
  };
}

function particularsView({ particulars = {} }: CountedItem, directory: Directory) {
  const { acting, given, otherNumbers } = particulars;
  const body = (id: string) => directory.body(id);
  return {
    ...(otherNumbers && { otherNumbers }),
    ...(given && { given: givenView(given, body) }),
    ...(acting && {
      acting: acting.map(({ bodyId, through }) => ({ body: body(bodyId), through: through.map(body) })),
    }),
  };
}

const givenView = (
  { bodyId, ...given }: { readonly bodyId: string; readonly on?: string; readonly reference?: string },
  body: (id: string) => BodyName,
): GivenView => ({ body: body(bodyId), ...given });

type Called = Around['called'];

const calledBy = (itemId: string, called: Called): string => {
  const item = called.get(itemId);
  return item ? calledInWords(item) : itemId;
};

function succession(
  link: Pick<SuccessionView, 'itemId' | 'planId' | 'kind' | 'inferred' | 'comment' | 'printedLabel' | 'on'>,
  called: Called,
): Omit<SuccessionView, 'words'> {
  const { label = link.itemId, number = null, plan = link.planId, title = link.itemId } = called.get(link.itemId) ?? {};
  return { ...link, plan, label, ...(number !== null && { number }), title };
}

function concernedView({ concerned: { value } }: CountedItem, directory: Directory): { concerned?: ConcernedView } {
  if (value === null) return {};
  const asPrinted = value.asPrinted && { asPrinted: value.asPrinted };
  if ('groupId' in value) {
    const { groupId } = value;
    return {
      concerned: { group: directory.groupName(groupId), ...asPrinted, bodies: [...directory.members(groupId)] },
    };
  }
  return { concerned: { ...asPrinted, bodies: value.bodies.map((id) => directory.body(id)) } };
}

const comingView = (coming: Coming): ComingView => ({ ...coming, words: comingInWords(coming) });

function holdView(item: CountedItem, day: string): { hold?: HoldView } {
  const hold = heldOn(item, day);
  return hold ? { hold: { since: item.hold.since, ...hold, label: `Vilar till ${hold.until}` } } : {};
}

function statusView({ status }: StandingItem, directory: Directory): StatusView | null {
  if (!status) return null;
  const { newest, since } = status;
  return { ...assessmentView(newest, directory), since, trend: trendOf(status, directory) };
}

/** Whether the newest level is better than the last one of an earlier round. Levels of other versions are not compared. */
function trendOf(status: OwnersStatus, directory: Directory): Trend {
  const { newest } = status;
  const before = levelBefore(status, directory);
  if (!before) return 'first';
  const ranks = new Map(directory.levels(newest.scale).map(({ code, rank }) => [code, rank]));
  const [now, then] = [ranks.get(newest.level), ranks.get(before.level)];
  if (!isSameScale(before.scale, newest.scale) || now === undefined || then === undefined) return 'not-comparable';
  if (now === then) return 'unchanged';
  return now < then ? 'better' : 'worse';
}

/** What the owner said last in an earlier round, so far as it is among what is known of the status. */
export function levelBefore(
  { levels, newest }: OwnersStatus,
  directory: Directory,
): OwnersStatus['levels'][0] | undefined {
  const day = directory.round(newest.roundId)?.referenceDate ?? newest.effectiveOn;
  return levels.findLast(({ roundId }) => {
    const referenceDate = directory.round(roundId)?.referenceDate;
    return roundId !== newest.roundId && referenceDate !== undefined && referenceDate < day;
  });
}

function assessmentView(assessment: Assessment, directory: Directory): AssessmentView {
  const { assessmentId, bodyId, by, correctedAt, effectiveOn, evidence, motivation, recordedAt, roundId } = assessment;
  return {
    assessmentId,
    level: levelView(assessment, directory),
    scale: assessment.scale,
    motivation,
    evidence,
    body: directory.body(bodyId),
    role: by.role,
    roundId,
    round: directory.round(roundId)?.label ?? roundId,
    effectiveOn,
    recordedAt,
    ...(correctedAt && { correctedAt }),
    ...provenanceOf(assessment),
  };
}
