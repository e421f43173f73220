import {
  AnyTextField,
  BooleanField,
  ChoiceField,
  CodeField,
  DayField,
  IdField,
  InstantField,
  IntegerField,
  ObjectField,
  ObjectsField,
  OfProvenance,
  ProvenanceView,
  ValueField,
  ValuesField,
} from '#http-api';
import { gapReasons, kind, provenanceOf } from '#kernel';
import type { GapReason } from '#kernel';
import { directions } from '../../indicator.events.js';
import type { Meant, Observation } from '../../indicator.decider.js';
import type { Cell, Direction } from '../../indicator.events.js';
import { DerivationFields, MeasureFields, TargetFields } from '../../indicator.requests.js';
import { breaks, versionOn } from '../../definitions.js';
import type { Break } from '../../definitions.js';
import { breaksAt, movementOf, versionOf } from './comparing.js';
import type { Incomparable, Moved, Movement } from './comparing.js';
import { computedSeries, uncomputed } from './computed.js';
import type { Computed, ComputedColumns, SourceCell, Sources, Uncomputed } from './computed.js';
import { differenceOf, shown, sumOf, writeSwedish } from './derived.js';
import type { Summed } from './derived.js';
import { targetStatuses, targetStatusOf } from './target-status.js';
import type { TargetStatus } from './target-status.js';
import type { Correction, IndicatorDocument, SeriesEntry } from './indicator-series.projection.js';

class CellView {
  @ValueField(kind.decimal, { example: '5787', description: 'The value, as a decimal', optional: true })
  value?: string;
  @AnyTextField({
    example: '5 787 (okt)',
    description: 'As the document prints it, or as Swedish readers write it',
    optional: true,
  })
  shown?: string;
  @ValueField(kind.month, {
    example: '2024-10',
    description: 'The month up to which a provisional value speaks',
    optional: true,
  })
  provisionalAsOf?: string;
  @ChoiceField({ of: gapReasons, description: 'Why there is no value', optional: true })
  gap?: GapReason;
  @IntegerField({
    min: 1,
    example: 1,
    description: 'The version of the definition that it is of, where that is not the one of its period',
    optional: true,
  })
  definition?: number;
}

class ColumnsView {
  @ObjectField(() => CellView, { description: 'Both sexes together', optional: true })
  total?: CellView;
  @ObjectField(() => CellView, { description: 'Women and girls', optional: true })
  women?: CellView;
  @ObjectField(() => CellView, { description: 'Men and boys', optional: true })
  men?: CellView;
}

class CorrectionView extends ProvenanceView {
  @ObjectField(() => ColumnsView, { description: 'What stood before' })
  before!: ColumnsView;
  @ObjectField(() => ColumnsView, { description: 'What stands since' })
  after!: ColumnsView;
  @AnyTextField({ example: 'Helårsvärdet är klart', description: 'Why' })
  reason!: string;
  @InstantField({ description: 'When it was recorded' })
  recordedAt!: string;
  @AnyTextField({ example: 'reporter', description: 'The role of who corrected it' })
  role!: string;
  @ValueField(kind.position, { example: '00000000000000000412', description: 'Where in the log' })
  position!: string;
}

class ContradictionView {
  @AnyTextField({ example: '4 064', description: 'The total as it was recorded' })
  total!: string;
  @AnyTextField({ example: '4 063', description: 'Women and men together' })
  sumOfSexes!: string;
}

class SourceView extends OfProvenance(CellView) {
  @IdField({ description: 'The indicator' })
  indicatorId!: string;
  @AnyTextField({ example: 'Erbjudna ungdomssamtal', description: 'Its name' })
  name!: string;
  @IntegerField({ min: 1, example: 1, description: 'The version of its definition that the value is of' })
  version!: number;
  @ValueField(kind.position, {
    example: '00000000000000000412',
    description: 'Where in the log it was recorded, or corrected last',
  })
  position!: string;
}

class ContradictedView {
  @AnyTextField({ example: '26,4', description: 'The value as it was recorded' })
  recorded!: string;
  @AnyTextField({ example: '26,3', description: 'What the two sources make' })
  computed!: string;
}

class ComputedView {
  @ValueField(kind.decimal, { example: '26.3', description: 'The quotient, rounded', optional: true })
  value?: string;
  @AnyTextField({ example: '26,3', description: 'As Swedish readers write it', optional: true })
  shown?: string;
  @ValueField(kind.month, {
    example: '2024-10',
    description: 'The month up to which both sources speak, where they are provisional',
    optional: true,
  })
  provisionalAsOf?: string;
  @ChoiceField({
    of: uncomputed,
    description:
      'Why there is no quotient: a source has no value, they are counted up to different months, or the one below is zero',
    optional: true,
  })
  notComputed?: Uncomputed;
  @IntegerField({ min: 1, example: 1, description: 'The version of the definition that says how it is computed' })
  definition!: number;
  @ObjectField(() => SourceView, { description: 'What it is computed from: above', optional: true })
  numerator?: SourceView;
  @ObjectField(() => SourceView, { description: 'What it is computed from: below', optional: true })
  denominator?: SourceView;
  @BooleanField({ example: true, description: 'That one of the two was made up', optional: true })
  invented?: boolean;
  @ObjectField(() => ContradictedView, {
    description:
      'The recorded value, where it is neither this one nor the quotient with as many decimals as it has itself',
    optional: true,
  })
  contradiction?: ContradictedView;
}

class ComputedColumnsView {
  @ObjectField(() => ComputedView, { description: 'Both sexes together', optional: true })
  total?: ComputedView;
  @ObjectField(() => ComputedView, { description: 'Women and girls', optional: true })
  women?: ComputedView;
  @ObjectField(() => ComputedView, { description: 'Men and boys', optional: true })
  men?: ComputedView;
}

/** It comes from where it was recorded; a correction of it says so itself. */
class PeriodView extends OfProvenance(ColumnsView) {
  @ValueField(kind.period, { example: '2024', description: 'The period' })
  period!: string;
  @IdField({ description: 'The event that recorded it; left out where nothing is recorded', optional: true })
  eventId?: string;
  @IntegerField({ min: 1, example: 1, description: 'The version of the definition that it is told in' })
  definition!: number;
  @ValuesField(kind.choice(breaks), {
    description:
      'Why the series breaks here: the value is not of the same measure as those before; left out where it goes on',
    optional: true,
  })
  break?: readonly Break[];
  @AnyTextField({ example: '−0,84', description: 'Women minus men', optional: true })
  difference?: string;
  @AnyTextField({ example: '4 063', description: 'Women and men together, where they are counted', optional: true })
  sumOfSexes?: string;
  @ObjectField(() => ContradictionView, {
    description: 'The total, where it says otherwise than women and men together',
    optional: true,
  })
  contradiction?: ContradictionView;
  @ObjectField(() => ComputedColumnsView, {
    description: 'What the sources of a derived indicator make, also where nothing is recorded, with their values',
    optional: true,
  })
  computed?: ComputedColumnsView;
  @ChoiceField({
    of: ['towards', 'away', 'unchanged', 'changed', 'unknown', 'not-comparable'],
    description: 'Seen from the wanted direction; not-comparable where the values are not of the same measure',
  })
  movement!: Movement;
  @ValueField(kind.period, { example: '2023', description: 'The period that it moved since', optional: true })
  against?: string;
  @ValuesField(kind.choice([...breaks, 'cut-off']), {
    description: 'Why the two are not comparable; cut-off: they are not counted up to the same month',
    optional: true,
  })
  notComparable?: readonly Incomparable[];
  @ObjectsField(() => CorrectionView, { description: 'Every correction, oldest first' })
  corrections!: CorrectionView[];
}

class TargetView extends OfProvenance(TargetFields) {
  @IdField({ description: 'The event that says it' })
  eventId!: string;
  @AnyTextField({ description: 'A remark', optional: true })
  comment?: string;
}

/** What an indicator means, in whichever version of its definition. */
class MeaningView extends ProvenanceView {
  @ObjectField(() => MeasureFields, { description: 'What is measured' })
  measure!: MeasureFields;
  @ChoiceField({ of: directions, description: 'The wanted direction' })
  direction!: Direction;
  @AnyTextField({ example: 'Kolada', description: 'Where the values come from' })
  source!: string;
  @BooleanField({ example: true, description: 'Whether it is shown for women and men' })
  splitBySex!: boolean;
  @AnyTextField({ example: '4,2', description: 'The value it is compared with, as printed', optional: true })
  comparison?: string;
  @ObjectField(() => DerivationFields, { description: 'The two indicators that it is the quotient of', optional: true })
  derived?: DerivationFields;
}

class DefinitionView extends MeaningView {
  @IdField({ description: 'The event that says it' })
  eventId!: string;
  @IntegerField({ min: 1, example: 1, description: 'The version' })
  version!: number;
  @DayField({ example: '2025-01-01', description: 'The day from which it holds' })
  since!: string;
  @AnyTextField({ example: 'Andel vuxna biståndsmottagare', description: 'The name of the indicator in it' })
  name!: string;
  @BooleanField({ example: true, description: 'Whether the series was said to break with it', optional: true })
  breaksSeries?: boolean;
  @AnyTextField({ example: 'Ny mätmetod', description: 'Why it was defined anew', optional: true })
  reason?: string;
}

class CancelledIndicatorView extends ProvenanceView {
  @AnyTextField({ example: 'Definierades två gånger', description: 'Why' })
  reason!: string;
  @InstantField({ description: 'When it was recorded' })
  recordedAt!: string;
}

class RetiredView extends ProvenanceView {
  @DayField({ example: '2026-01-01', description: 'The day from which it is not followed' })
  on!: string;
  @AnyTextField({ example: 'Ersatt', description: 'Why' })
  reason!: string;
}

/** It comes from where the newest version of its definition does. */
export class IndicatorView extends MeaningView {
  @IdField({ description: 'The indicator' })
  id!: string;
  @IdField({ description: 'The plan that lists it' })
  planId!: string;
  @CodeField({ example: 'andel-vuxna', description: 'How files name it', optional: true })
  key?: string;
  @AnyTextField({ example: 'Andel vuxna biståndsmottagare', description: 'Its name as printed' })
  name!: string;
  @IdField({ description: 'The body that follows it' })
  ownerId!: string;
  @AnyTextField({ example: 'Öka', description: 'The wanted direction, in words' })
  directionLabel!: string;
  @ValuesField(kind.id, { description: 'The items that list it' })
  itemIds!: readonly string[];
  @ObjectField(() => TargetView, { description: 'What it should reach', optional: true })
  target?: TargetView;
  @ChoiceField({
    of: targetStatuses,
    description:
      'How the threshold stands: told once its deadline has come, by the value of the last whole period up to it alone',
    optional: true,
  })
  targetStatus?: TargetStatus;
  @BooleanField({
    example: false,
    description: 'Whether the threshold was met, where that can be told',
    optional: true,
  })
  targetMet?: boolean;
  @ObjectField(() => RetiredView, { description: 'Since when it is not followed', optional: true })
  retired?: RetiredView;
  @ChoiceField({ of: ['defined', 'cancelled'], description: 'Whether it is there, or should not have been defined' })
  status!: 'defined' | 'cancelled';
  @ObjectField(() => CancelledIndicatorView, { description: 'That it should not have been defined', optional: true })
  cancelled?: CancelledIndicatorView;
  @IntegerField({ min: 1, example: 1, description: 'The version of its definition' })
  version!: number;
  @ObjectsField(() => DefinitionView, { description: 'The versions of its definition, oldest first' })
  definitions!: DefinitionView[];
  @ObjectsField(() => PeriodView, { description: 'The values, in the order of the periods' })
  series!: PeriodView[];
  @IntegerField({ min: 0, example: 3, description: 'The revision of its stream' })
  revision!: number;
}

const labels: Readonly<Record<Direction, string>> = { increase: 'Öka', decrease: 'Minska', maintain: 'Behåll' };

/**
 * What a reader is shown of an indicator.
 * @param day the one that is asked about
 * @param sources what it is derived from
 */
export function indicatorView(
  {
    _id,
    known: _known,
    position: _position,
    series,
    sortKey: _sortKey,
    targets,
    tenant: _tenant,
    until: _until,
    versions,
    ...indicator
  }: IndicatorDocument,
  day: string,
  sources: Sources = new Map(),
): IndicatorView {
  const { eventId, of: targetOf, target } = targets.at(-1) ?? {};
  const computed = computedSeries({ series, versions }, sources, day);
  const recorded = series.map((entry, index): PeriodView => {
    const broken = breaksAt(series, index, versions);
    const [difference, summed] = [differenceOf(entry, versions), sumOf(entry, versions)];
    const moved = movementOf(series, index, versions);
    return periodView(entry, { moved, broken, difference, summed, computed: computed.get(entry.period) });
  });
  const isRecorded = new Set(series.map(({ period }) => period));
  const others = [...computed].filter(([period]) => !isRecorded.has(period));
  const unrecorded = others.map(([period, columns]) => computedPeriod(period, columns, versionOn(versions, day)));
  const status = target && targetStatusOf(target, { series, versions, targetOf: targetOf! }, day);
  return {
    id: _id,
    ...indicator,
    ...provenanceOf(versions.at(-1)!),
    ...(target && { target: { ...target, eventId: eventId! } }),
    directionLabel: labels[indicator.direction],
    ...(status && { targetStatus: status }),
    ...((status === 'met' || status === 'not-met') && { targetMet: status === 'met' }),
    version: versions.at(-1)!.version,
    definitions: versions.map(definitionView),
    series: [...recorded, ...unrecorded].sort((one, other) => (one.period < other.period ? -1 : 1)),
  };
}

function definitionView({ definition, ...version }: IndicatorDocument['versions'][number]): DefinitionView {
  const { itemIds: _items, ownerId: _owner, ...told } = definition;
  return { ...version, ...told };
}

/** What follows from the entries around one. */
interface Following {
  readonly moved: Moved;
  readonly broken: readonly Break[];
  readonly difference: string | undefined;
  readonly summed: Summed | undefined;
  readonly computed: ComputedColumns | undefined;
}

function periodView(entry: SeriesEntry, { broken, computed, difference, moved, summed }: Following): PeriodView {
  const { against, because, movement } = moved;
  const version = versionOf(entry);
  return {
    period: entry.period,
    eventId: entry.eventId,
    ...columnsView(entry, entry.meant, version),
    definition: version,
    ...(broken.length > 0 && { break: broken }),
    ...(difference !== undefined && { difference: writeSwedish(difference) }),
    ...(summed && summedView(summed)),
    ...(computed && { computed: computedColumnsView(computed) }),
    movement,
    ...(against !== undefined && { against }),
    ...(because && { notComparable: because }),
    ...provenanceOf(entry),
    corrections: entry.corrections.map(correctionView),
  };
}

function summedView({ contradicts, sum }: Summed): Pick<PeriodView, 'sumOfSexes' | 'contradiction'> {
  const sumOfSexes = writeSwedish(sum);
  return { sumOfSexes, ...(contradicts && { contradiction: { total: writeSwedish(contradicts), sumOfSexes } }) };
}

/** A period of which nothing is recorded, and which the sources tell of. */
const computedPeriod = (period: string, computed: ComputedColumns, definition: number): PeriodView => ({
  period,
  definition,
  computed: computedColumnsView(computed),
  movement: 'unknown',
  corrections: [],
});

const computedColumnsView = ({ men, total, women }: ComputedColumns): ComputedColumnsView => ({
  ...(total && { total: computedView(total) }),
  ...(women && { women: computedView(women) }),
  ...(men && { men: computedView(men) }),
});

function computedView(computed: Computed): ComputedView {
  const { because, contradicts, denominator, numerator, provisionalAsOf, value, version } = computed;
  const text = value === undefined ? undefined : writeSwedish(value);
  return {
    ...(value !== undefined && { value }),
    ...(text !== undefined && { shown: text }),
    ...(provisionalAsOf && { provisionalAsOf }),
    ...(because && { notComputed: because }),
    definition: version,
    ...(numerator && { numerator: sourceView(numerator) }),
    ...(denominator && { denominator: sourceView(denominator) }),
    ...((numerator?.invented || denominator?.invented) && { invented: true }),
    ...(contradicts && text && { contradiction: { recorded: writeSwedish(contradicts), computed: text } }),
  };
}

const sourceView = ({ cell, ...about }: SourceCell): SourceView => ({ ...cellView(cell, undefined), ...about });

const correctionView = (correction: Correction): CorrectionView => {
  const { after, before, by, position, reason, recordedAt } = correction;
  return {
    before: columnsView(before),
    after: columnsView(after),
    reason,
    recordedAt,
    role: by.role,
    position,
    ...provenanceOf(correction),
  };
};

/** @param version that of the period: a column tells its own where it is another */
function columnsView({ men, total, women }: Observation, meant: Meant = {}, version?: number): ColumnsView {
  const other = (of: number | undefined) => (of === version ? undefined : of);
  return {
    ...(total && { total: cellView(total, other(meant.total)) }),
    ...(women && { women: cellView(women, other(meant.women)) }),
    ...(men && { men: cellView(men, other(meant.men)) }),
  };
}

function cellView(cell: Cell, definition: number | undefined): CellView {
  const text = shown(cell);
  const told = { ...(text !== undefined && { shown: text }), ...(definition !== undefined && { definition }) };
  if ('gap' in cell) return { gap: cell.gap, ...told };
  const { provisionalAsOf, value } = cell;
  return { value, ...told, ...(provisionalAsOf && { provisionalAsOf }) };
}
