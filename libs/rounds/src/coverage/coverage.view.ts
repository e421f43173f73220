import {
  AnyTextField,
  BooleanField,
  ChoiceField,
  DayField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  ObjectsField,
  pageOf,
  ValueField,
} from '#http-api';
import type { Page, PagePart } from '#http-api';
import { BodyName, labelBy, LevelView, levelView, orderIn } from '#planning';
import type { Capacity, Names, PlanDocument } from '#planning';
import { gapReasons, kind, sortedPart } from '#kernel';
import type { ReportedBody } from '../round/read-models/round-directory/round-directory.projection.js';
import { ReadyView, statuses } from '../round/read-models/round-directory/round-directory.view.js';
import { entriesOf } from './coverage.js';
import type {
  BodyCoverage,
  Coverage,
  CoverageCounts,
  CoverageEntry,
  CoverageSources,
  ToldAssessment,
} from './coverage.js';

class CountsView implements CoverageCounts {
  @IntegerField({ min: 0, example: 22, description: 'Assessments that are owed' })
  expected!: number;
  @IntegerField({ min: 0, example: 20, description: 'Those that have been made' })
  assessed!: number;
  @IntegerField({ min: 0, example: 2, description: 'Those that are missing' })
  missing!: number;
  @IntegerField({ min: 0, example: 1, description: 'Assessments recorded after the deadline' })
  afterDeadline!: number;
  @IntegerField({ min: 0, example: 0, description: 'Assessments recorded after the freeze' })
  afterFreeze!: number;
  @IntegerField({ min: 0, example: 0, description: 'Assessments corrected after the freeze' })
  correctedAfterFreeze!: number;
}

class CoverageTotals extends CountsView {
  @IntegerField({ min: 0, example: 22, description: 'Items that the round assesses' })
  items!: number;
  @IntegerField({ min: 0, example: 14, description: 'Bodies that owe assessments' })
  bodies!: number;
  @IntegerField({ min: 0, example: 12, description: 'Those of them that have said that they are ready' })
  ready!: number;
  @IntegerField({ min: 0, example: 1, description: 'Those of the ready that lack assessments all the same' })
  readyLacking!: number;
}

class CoveringAssessmentView {
  @IdField({ description: 'The assessment' })
  assessmentId!: string;
  @ObjectField(() => LevelView, { description: 'The level' })
  level!: LevelView;
  @InstantField({ description: 'When it was recorded' })
  recordedAt!: string;
  @AnyTextField({ example: 'reporter', description: 'The role of who recorded it' })
  role!: string;
  @BooleanField({ example: false, description: "Recorded on a later day than the body's deadline" })
  afterDeadline!: boolean;
  @BooleanField({ example: false, description: 'Recorded after the freeze, by its place in the log' })
  afterFreeze!: boolean;
  @InstantField({ description: 'When it was last corrected', optional: true })
  correctedAt?: string;
  @BooleanField({ example: false, description: 'Last corrected after the freeze, by its place in the log' })
  correctedAfterFreeze!: boolean;
}

class CoverageEntryView {
  @IdField({ description: 'The item' })
  itemId!: string;
  @AnyTextField({ example: 'Uppdrag 7', description: 'Its kind and number' })
  label!: string;
  @AnyTextField({ example: 'Fler i arbete', description: 'Its wording' })
  title!: string;
  @ChoiceField({ of: ['owner', 'contribution'], description: "The plan owner's is the status" })
  capacity!: Capacity;
  @BooleanField({ example: true, description: 'Whether the body owes it; one that is not owed was given unasked' })
  expected!: boolean;
  @ChoiceField({ of: ['assessed', 'missing'], description: 'Whether it has been made' })
  state!: 'assessed' | 'missing';
  @ObjectField(() => CoveringAssessmentView, { description: 'The assessment, where it has been made', optional: true })
  assessment?: CoveringAssessmentView;
}

class BodyCoverageView {
  @ObjectField(() => BodyName, { description: 'The body, by its name on the day of the round' })
  body!: BodyName;
  @DayField({ example: '2025-04-30', description: 'The last day for its assessments' })
  deadline!: string;
  @ObjectField(() => ReadyView, { description: 'That it is ready; null: not yet', nullable: true })
  ready!: ReportedBody | null;
  @ObjectField(() => CountsView, { description: 'Counts of the body' })
  counts!: CountsView;
  @ObjectsField(() => CoverageEntryView, { description: 'Item by item, by kind, number and title: a part of them' })
  entries!: CoverageEntryView[];
  @IntegerField({ min: 0, example: 22, description: 'How many entries there are in all' })
  entriesTotal!: number;
}

class IndicatorGapView {
  @IdField({ description: 'The indicator' })
  indicatorId!: string;
  @AnyTextField({ example: 'Andel vuxna biståndsmottagare', description: 'Its name' })
  name!: string;
  @ObjectField(() => BodyName, { description: 'The body that follows it' })
  owner!: BodyName;
  @ChoiceField({
    of: ['not-recorded', ...gapReasons],
    description: 'Why there is no value; not-recorded: nobody has said anything',
  })
  reason!: string;
  @ValueField(kind.period, { example: '2025', description: 'The period that the reason was given for', optional: true })
  period?: string;
}

export class CoverageView implements Page<BodyCoverageView> {
  @IdField({ description: 'The round' })
  roundId!: string;
  @IdField({ description: 'The plan' })
  planId!: string;
  @AnyTextField({ example: 'Delårsuppföljning april 2025', description: 'The name of the round' })
  label!: string;
  @ChoiceField({ of: statuses, description: 'How far it has come' })
  status!: string;
  @DayField({ example: '2025-03-31', description: 'The day that it speaks of' })
  referenceDate!: string;
  @DayField({ example: '2025-04-30', description: 'The last day for assessments' })
  deadline!: string;
  @DayField({ example: '2025-05-01', description: 'The day it freezes by itself', optional: true })
  freezesOn?: string;
  @InstantField({ description: 'When it was frozen', optional: true })
  frozenAt?: string;
  @ObjectField(() => CoverageTotals, { description: 'The whole round, whichever bodies are told' })
  totals!: CoverageTotals;
  @ObjectsField(() => IndicatorGapView, { description: "The plan's indicators without a value for the year" })
  indicators!: IndicatorGapView[];
  @ObjectsField(() => BodyCoverageView, { description: 'The bodies, the owner of the plan first, then by name' })
  items!: BodyCoverageView[];
  @IntegerField({ min: 0, example: 14, description: 'How many bodies there are in all' })
  total!: number;
  @IntegerField({ min: 0, example: 20, description: 'At most so many are told' })
  limit!: number;
  @IntegerField({ min: 0, example: 0, description: 'After so many' })
  offset!: number;
}

export interface CoveragePart extends PagePart {
  readonly bodyId?: string | undefined;
  /** Of the entries of each body. */
  readonly entryLimit: number;
  readonly entryOffset: number;
}

/** A body, and those of its entries that are shown. */
export interface ShownBody extends BodyCoverage {
  readonly shown: readonly CoverageEntry[];
}

/** The bodies that a reader is shown, and which of their entries. */
export function bodiesOn({ bodies }: Coverage, sources: CoverageSources, part: CoveragePart): Page<ShownBody> {
  const { bodyId: only, entryLimit, entryOffset } = part;
  const asked = bodies.filter(({ bodyId }) => only === undefined || bodyId === only);
  const { items, ...page } = pageOf(asked, part);
  const entries = entriesOf(sources);
  const inOrder = orderIn(sources.plan);
  const shownOf = ({ bodyId, items: owed }: BodyCoverage) =>
    entries(bodyId, sortedPart(owed, inOrder, { limit: entryLimit, offset: entryOffset }));
  return { ...page, items: items.map((body) => ({ ...body, shown: shownOf(body) })) };
}

/**
 * What a reader is shown of a coverage: the whole round counted, and a part of its bodies in full.
 * @param shown those bodies, with what their assessments say
 * @param levels the names of the levels that these give
 */
export function coverageView(
  coverage: Coverage,
  sources: CoverageSources,
  shown: Page<ShownBody>,
  levels: Names,
): CoverageView {
  const { names, round } = sources;
  const { _id: roundId, deadline, frozen, label, planId, referenceDate, schedule, status } = round;
  const { items, ...page } = shown;
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
    items: items.map((body) => bodyView(body, sources, levels)),
    ...page,
  };
}

function totalsOf({ bodies, items }: Coverage): CoverageTotals {
  const owing = bodies.filter(({ counts }) => counts.expected > 0);
  const ready = owing.filter((body) => body.ready !== undefined);
  const readyLacking = ready.filter(({ counts }) => counts.missing > 0).length;
  const sum = (of: keyof CoverageCounts) => bodies.reduce((all, { counts }) => all + counts[of], 0);
  return {
    ...{ items, bodies: owing.length, ready: ready.length, readyLacking },
    ...{ expected: sum('expected'), assessed: sum('assessed'), missing: sum('missing') },
    afterDeadline: sum('afterDeadline'),
    afterFreeze: sum('afterFreeze'),
    correctedAfterFreeze: sum('correctedAfterFreeze'),
  };
}

const bodyView = (
  { bodyId, counts, deadline, items, ready, shown }: ShownBody,
  sources: CoverageSources,
  levels: Names,
): BodyCoverageView => ({
  body: sources.names.body(bodyId),
  deadline,
  ready: ready ?? null,
  counts,
  entries: shown.map((entry) => entryView(entry, sources.plan, levels)),
  entriesTotal: items.length,
});

function entryView(
  { assessment, capacity, expected, item }: CoverageEntry,
  plan: PlanDocument,
  levels: Names,
): CoverageEntryView {
  const shown = (told: ToldAssessment): CoveringAssessmentView => {
    const { scale: _, ...rest } = told;
    return { ...rest, level: levelView(told, levels) };
  };
  return {
    itemId: item._id,
    label: labelBy(item, plan),
    title: item.title,
    capacity,
    expected,
    state: assessment ? 'assessed' : 'missing',
    ...(assessment && { assessment: shown(assessment as ToldAssessment) }),
  };
}
