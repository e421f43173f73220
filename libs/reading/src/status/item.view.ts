import { ApiProperty } from '@nestjs/swagger';
import { BodyName, heldOn, labelOf, LevelView, levelView } from '#planning';
import type { Assessment, Evidence, ListedItem, OwnersStatus, PlanDocument, StandingItem } from '#planning';
import type { Directory } from '../directory.js';

const trends = ['better', 'worse', 'unchanged', 'first'] as const;
type Trend = (typeof trends)[number];

export class AssessmentView {
  @ApiProperty({ format: 'uuid', description: 'The assessment' })
  assessmentId!: string;
  @ApiProperty({ type: LevelView, description: 'The level' })
  level!: LevelView;
  @ApiProperty({ example: 'Upphandlingen är överklagad.', description: 'Why the body judges so' })
  motivation!: string;
  @ApiProperty({ type: [Object], example: [{ note: 'Protokoll' }], description: 'What the judgement rests on' })
  evidence!: readonly Evidence[];
  @ApiProperty({ type: BodyName, description: 'Whose judgement it is' })
  body!: BodyName;
  @ApiProperty({ example: 'reporter', description: 'The role of who recorded it' })
  role!: string;
  @ApiProperty({ format: 'uuid', description: 'The round' })
  roundId!: string;
  @ApiProperty({ example: 'Delårsuppföljning april 2025', description: 'The name of the round' })
  round!: string;
  @ApiProperty({ format: 'date', example: '2025-04-08', description: 'The day that it speaks of' })
  effectiveOn!: string;
  @ApiProperty({ format: 'date-time', description: 'When it was recorded' })
  recordedAt!: string;
  @ApiProperty({ required: false, format: 'date-time', description: 'When it was last corrected' })
  correctedAt?: string;
}

export class StatusView extends AssessmentView {
  @ApiProperty({ format: 'date', example: '2025-03-31', description: 'Since when the level has been the same' })
  since!: string;
  @ApiProperty({ enum: trends, description: 'Against the round before' })
  trend!: Trend;
}

class ParentView {
  @ApiProperty({ format: 'uuid', description: 'The item' })
  id!: string;
  @ApiProperty({ example: 'Fokusmål 4', description: 'What it is called' })
  label!: string;
}

class ConcernedView {
  @ApiProperty({ required: false, example: 'Alla nämnder och bolag', description: 'The group, where it is one' })
  group?: string;
  @ApiProperty({ required: false, example: 'Alla nämnder och bolag', description: 'As the document prints it' })
  asPrinted?: string;
  @ApiProperty({ type: [BodyName], description: 'The bodies; those of a group as of that day' })
  bodies!: BodyName[];
}

class HoldView {
  @ApiProperty({ format: 'date', example: '2025-04-08', description: 'From which day' })
  since!: string;
  @ApiProperty({ format: 'date', example: '2025-09-01', description: 'The day on which it goes on' })
  until!: string;
  @ApiProperty({ example: 'Väntar på statsbidrag', description: 'Why' })
  reason!: string;
  @ApiProperty({ example: 'Vilar till 2025-09-01', description: 'The same in words' })
  label!: string;
}

export class ItemView {
  @ApiProperty({ format: 'uuid', description: 'The item' })
  id!: string;
  @ApiProperty({ format: 'uuid', description: 'Its plan' })
  planId!: string;
  @ApiProperty({ required: false, example: 'uppdrag-34', description: 'How files name it' })
  key?: string;
  @ApiProperty({ example: 'uppdrag', description: 'The code of its kind' })
  kind!: string;
  @ApiProperty({ required: false, example: '34', description: 'Its number, where it has one' })
  number?: string;
  @ApiProperty({ example: 'Uppdrag 34', description: 'Its kind and number' })
  label!: string;
  @ApiProperty({ example: 'Fler i arbete', description: 'Its wording' })
  title!: string;
  @ApiProperty({ required: false, description: 'What it is about', example: 'Insatser för fler i arbete.' })
  text?: string;
  @ApiProperty({ type: [ParentView], description: 'The items that it lies under' })
  parents!: ParentView[];
  @ApiProperty({ required: false, type: ConcernedView, description: 'Whom it concerns (berörda)' })
  concerned?: ConcernedView;
  @ApiProperty({ type: [BodyName], description: 'The responsible bodies (ansvariga)' })
  responsible!: BodyName[];
  @ApiProperty({ type: [String], example: ['Policy för hållbar utveckling'], description: 'The governing documents' })
  documents!: string[];
  @ApiProperty({ type: [String], description: 'What it should lead to', example: ['Resurserna räcker längre'] })
  expectedEffects!: readonly string[];
  @ApiProperty({
    example: { state: 'active', since: '2025-01-01' },
    description: 'Whether it is in force, and what ended it',
  })
  lifecycle!: object;
  @ApiProperty({ required: false, type: HoldView, description: 'The hold that it is on, where it rests' })
  hold?: HoldView;
  @ApiProperty({
    nullable: true,
    type: StatusView,
    description: "The plan owner's newest assessment; null: not yet assessed",
  })
  status!: StatusView | null;
  @ApiProperty({ example: 'Gul', description: 'The status in words: the label of its level, or “Inte bedömd”' })
  statusLabel!: string;
  @ApiProperty({ type: [AssessmentView], description: 'The newest assessment of every other body' })
  contributions!: AssessmentView[];
  @ApiProperty({ type: [Object], example: [], description: 'The items that succeed it' })
  successors!: readonly object[];
  @ApiProperty({ type: 'integer', example: 4, description: 'The revision of its stream' })
  revision!: number;
}

/** What a reader is shown of an item. */
export function itemView(
  item: StandingItem,
  plan: PlanDocument | undefined,
  directory: Directory,
  parents: ReadonlyMap<string, ListedItem>,
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
    lifecycle: { ...item.lifecycle.value, since: item.lifecycle.since },
    ...holdView(item, directory.day),
    status,
    statusLabel: status?.level.label ?? 'Inte bedömd',
    contributions: item.contributions.map((assessment) => assessmentView(assessment, directory)),
    successors: item.successors,
    revision: item.revision,
  };
}

function concernedView({ concerned: { value } }: ListedItem, directory: Directory): { concerned?: ConcernedView } {
  if (value === null) return {};
  const asPrinted = value.asPrinted && { asPrinted: value.asPrinted };
  if ('groupId' in value) {
    const { groupId } = value;
    return { concerned: { group: directory.groupName(groupId), ...asPrinted, bodies: directory.members(groupId) } };
  }
  return { concerned: { ...asPrinted, bodies: value.bodies.map((id) => directory.body(id)) } };
}

function holdView(item: ListedItem, day: string): { hold?: HoldView } {
  const hold = heldOn(item, day);
  return hold ? { hold: { since: item.hold.since, ...hold, label: `Vilar till ${hold.until}` } } : {};
}

function statusView({ status }: StandingItem, directory: Directory): StatusView | null {
  if (!status) return null;
  const { newest, since } = status;
  return { ...assessmentView(newest, directory), since, trend: trendOf(status, directory) };
}

/** Whether the newest level is better than the last one of an earlier round. Levels of other scales are not compared. */
function trendOf(status: OwnersStatus, directory: Directory): Trend {
  const { newest } = status;
  const before = levelBefore(status, directory);
  const ranks = new Map(directory.levels(newest.scale).map(({ code, rank }) => [code, rank]));
  const [now, then] = [ranks.get(newest.level), before && ranks.get(before.level)];
  if (now === undefined || then === undefined) return 'first';
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
    motivation,
    evidence,
    body: directory.body(bodyId),
    role: by.role,
    roundId,
    round: directory.round(roundId)?.label ?? roundId,
    effectiveOn,
    recordedAt,
    ...(correctedAt && { correctedAt }),
  };
}
