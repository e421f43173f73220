import { ApiProperty } from '@nestjs/swagger';
import { pageOf } from '#http-api';
import type { Page, PagePart } from '#http-api';
import { BodyName, labelOf, LevelView, levelView } from '#planning';
import type { Capacity } from '#planning';
import type { ReportedBody } from '../round/read-models/round-directory/round-directory.projection.js';
import { ReadyView } from '../round/read-models/round-directory/round-directory.view.js';
import { isMissing } from './coverage.js';
import type { BodyCoverage, Coverage, CoverageEntry, CoverageSources, CoveringAssessment } from './coverage.js';

class CoverageCounts {
  @ApiProperty({ type: 'integer', example: 22, description: 'Assessments that are owed' })
  expected!: number;
  @ApiProperty({ type: 'integer', example: 20, description: 'Those that have been made' })
  assessed!: number;
  @ApiProperty({ type: 'integer', example: 2, description: 'Those that are missing' })
  missing!: number;
  @ApiProperty({ type: 'integer', example: 1, description: 'Assessments recorded after the deadline' })
  afterDeadline!: number;
  @ApiProperty({ type: 'integer', example: 0, description: 'Assessments recorded after the freeze' })
  afterFreeze!: number;
  @ApiProperty({ type: 'integer', example: 0, description: 'Assessments corrected after the freeze' })
  correctedAfterFreeze!: number;
}

class CoverageTotals extends CoverageCounts {
  @ApiProperty({ type: 'integer', example: 22, description: 'Items that the round assesses' })
  items!: number;
  @ApiProperty({ type: 'integer', example: 14, description: 'Bodies that owe assessments' })
  bodies!: number;
  @ApiProperty({ type: 'integer', example: 12, description: 'Those of them that are ready' })
  ready!: number;
}

class CoveringAssessmentView {
  @ApiProperty({ format: 'uuid', description: 'The assessment' })
  assessmentId!: string;
  @ApiProperty({ type: LevelView, description: 'The level' })
  level!: LevelView;
  @ApiProperty({ format: 'date-time', description: 'When it was recorded' })
  recordedAt!: string;
  @ApiProperty({ example: 'reporter', description: 'The role of who recorded it' })
  role!: string;
  @ApiProperty({ example: false, description: 'Recorded on a later day than the deadline' })
  afterDeadline!: boolean;
  @ApiProperty({ example: false, description: 'Recorded after the freeze, by its place in the log' })
  afterFreeze!: boolean;
  @ApiProperty({ required: false, format: 'date-time', description: 'When it was last corrected' })
  correctedAt?: string;
  @ApiProperty({ example: false, description: 'Last corrected after the freeze, by its place in the log' })
  correctedAfterFreeze!: boolean;
}

class CoverageEntryView {
  @ApiProperty({ format: 'uuid', description: 'The item' })
  itemId!: string;
  @ApiProperty({ example: 'Uppdrag 7', description: 'Its kind and number' })
  label!: string;
  @ApiProperty({ example: 'Fler i arbete', description: 'Its wording' })
  title!: string;
  @ApiProperty({ enum: ['owner', 'contribution'], description: "The plan owner's is the status" })
  capacity!: Capacity;
  @ApiProperty({ example: true, description: 'Whether the body owes it; one that is not owed was given unasked' })
  expected!: boolean;
  @ApiProperty({ enum: ['assessed', 'missing'], description: 'Whether it has been made' })
  state!: 'assessed' | 'missing';
  @ApiProperty({ required: false, type: CoveringAssessmentView, description: 'The assessment, where it has been made' })
  assessment?: CoveringAssessmentView;
}

class BodyCoverageView {
  @ApiProperty({ type: BodyName, description: 'The body, by its name on the day of the round' })
  body!: BodyName;
  @ApiProperty({ nullable: true, type: ReadyView, description: 'That it is ready; null: not yet' })
  ready!: ReportedBody | null;
  @ApiProperty({ type: CoverageCounts, description: 'Counts of the body' })
  counts!: CoverageCounts;
  @ApiProperty({ type: [CoverageEntryView], description: 'Item by item, by kind, number and title' })
  entries!: CoverageEntryView[];
}

class IndicatorGapView {
  @ApiProperty({ format: 'uuid', description: 'The indicator' })
  indicatorId!: string;
  @ApiProperty({ example: 'Andel vuxna biståndsmottagare', description: 'Its name' })
  name!: string;
  @ApiProperty({ type: BodyName, description: 'The body that follows it' })
  owner!: BodyName;
  @ApiProperty({
    enum: ['not-recorded', 'not-measured', 'not-split-by-sex', 'not-applicable', 'not-reported'],
    description: 'Why there is no value; not-recorded: nobody has said anything',
  })
  reason!: string;
  @ApiProperty({ required: false, example: '2025', description: 'The period that the reason was given for' })
  period?: string;
}

export class CoverageView implements Page<BodyCoverageView> {
  @ApiProperty({ format: 'uuid', description: 'The round' })
  roundId!: string;
  @ApiProperty({ format: 'uuid', description: 'The plan' })
  planId!: string;
  @ApiProperty({ example: 'Delårsuppföljning april 2025', description: 'The name of the round' })
  label!: string;
  @ApiProperty({ enum: ['planned', 'open', 'frozen', 'decided'], description: 'How far it has come' })
  status!: string;
  @ApiProperty({ format: 'date', example: '2025-03-31', description: 'The day that it speaks of' })
  referenceDate!: string;
  @ApiProperty({ format: 'date', example: '2025-04-30', description: 'The last day for assessments' })
  deadline!: string;
  @ApiProperty({ format: 'date', required: false, example: '2025-05-01', description: 'The day it freezes by itself' })
  freezesOn?: string;
  @ApiProperty({ format: 'date-time', required: false, description: 'When it was frozen' })
  frozenAt?: string;
  @ApiProperty({ type: CoverageTotals, description: 'The whole round, whichever bodies are told' })
  totals!: CoverageTotals;
  @ApiProperty({ type: [IndicatorGapView], description: "The plan's indicators without a value for the year" })
  indicators!: IndicatorGapView[];
  @ApiProperty({ type: [BodyCoverageView], description: 'The bodies, the owner of the plan first, then by name' })
  items!: BodyCoverageView[];
  @ApiProperty({ type: 'integer', example: 14, description: 'How many bodies there are in all' })
  total!: number;
  @ApiProperty({ type: 'integer', example: 20, description: 'At most so many are told' })
  limit!: number;
  @ApiProperty({ type: 'integer', example: 0, description: 'After so many' })
  offset!: number;
}

export interface CoveragePart extends PagePart {
  readonly bodyId?: string | undefined;
}

/** What a reader is shown of a coverage: the whole round counted, and a part of its bodies in full. */
export function coverageView(coverage: Coverage, sources: CoverageSources, part: CoveragePart): CoverageView {
  const { names, round } = sources;
  const { _id: roundId, deadline, frozen, label, planId, referenceDate, schedule, status } = round;
  const told = coverage.bodies.filter(({ bodyId }) => part.bodyId === undefined || bodyId === part.bodyId);
  const { items, ...page } = pageOf(told, part);
  return {
    roundId,
    planId,
    label,
    status,
    referenceDate,
    deadline,
    ...(schedule?.freezesOn && { freezesOn: schedule.freezesOn }),
    ...(frozen && { frozenAt: frozen.at }),
    totals: totalsOf(coverage),
    indicators: coverage.indicators.map(({ ownerId, ...gap }) => ({ ...gap, owner: names.body(ownerId) })),
    items: items.map((body) => bodyView(body, sources)),
    ...page,
  };
}

function totalsOf({ bodies, items }: Coverage): CoverageTotals {
  const owing = bodies.filter(({ entries }) => entries.some(({ expected }) => expected));
  const ready = owing.filter((body) => body.ready !== undefined).length;
  return { items, bodies: owing.length, ready, ...countsOf(bodies.flatMap(({ entries }) => entries)) };
}

function countsOf(entries: readonly CoverageEntry[]): CoverageCounts {
  const owed = entries.filter(({ expected }) => expected);
  const made = entries.flatMap(({ assessment }) => assessment ?? []);
  const missing = owed.filter(isMissing).length;
  return {
    expected: owed.length,
    assessed: owed.length - missing,
    missing,
    afterDeadline: made.filter(({ afterDeadline }) => afterDeadline).length,
    afterFreeze: made.filter(({ afterFreeze }) => afterFreeze).length,
    correctedAfterFreeze: made.filter(({ correctedAfterFreeze }) => correctedAfterFreeze).length,
  };
}

const bodyView = ({ bodyId, entries, ready }: BodyCoverage, sources: CoverageSources): BodyCoverageView => ({
  body: sources.names.body(bodyId),
  ready: ready ?? null,
  counts: countsOf(entries),
  entries: entries.map((entry) => entryView(entry, sources)),
});

function entryView(
  { assessment, capacity, expected, item }: CoverageEntry,
  { names, plan }: CoverageSources,
): CoverageEntryView {
  const shown = (covering: CoveringAssessment): CoveringAssessmentView => {
    const { scale: _, ...rest } = covering;
    return { ...rest, level: levelView(covering, names) };
  };
  return {
    itemId: item._id,
    label: labelOf(item, plan),
    title: item.title.value,
    capacity,
    expected,
    state: assessment ? 'assessed' : 'missing',
    ...(assessment && { assessment: shown(assessment) }),
  };
}
