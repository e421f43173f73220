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
  ValueField,
  ValuesField,
} from '#http-api';
import { gapReasons, kind } from '#kernel';
import type { GapReason } from '#kernel';
import { directions } from '../../indicator.events.js';
import type { Cell, Direction } from '../../indicator.events.js';
import { MeasureFields, TargetFields } from '../../indicator.requests.js';
import { differenceOf, meets, movementOf, shown, writeSwedish } from './derived.js';
import type { Movement } from './derived.js';
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
}

class ColumnsView {
  @ObjectField(() => CellView, { description: 'Both sexes together', optional: true })
  total?: CellView;
  @ObjectField(() => CellView, { description: 'Women and girls', optional: true })
  women?: CellView;
  @ObjectField(() => CellView, { description: 'Men and boys', optional: true })
  men?: CellView;
}

class CorrectionView {
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

class PeriodView extends ColumnsView {
  @ValueField(kind.period, { example: '2024', description: 'The period' })
  period!: string;
  @AnyTextField({ example: '−0,84', description: 'Women minus men', optional: true })
  difference?: string;
  @ChoiceField({
    of: ['towards', 'away', 'unchanged', 'changed', 'unknown'],
    description: 'Seen from the wanted direction',
  })
  movement!: Movement;
  @ObjectsField(() => CorrectionView, { description: 'Every correction, oldest first' })
  corrections!: CorrectionView[];
}

class TargetView extends TargetFields {
  @AnyTextField({ description: 'A remark', optional: true })
  comment?: string;
}

class RetiredView {
  @DayField({ example: '2026-01-01', description: 'The day from which it is not followed' })
  on!: string;
  @AnyTextField({ example: 'Ersatt', description: 'Why' })
  reason!: string;
}

export class IndicatorView {
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
  @ObjectField(() => MeasureFields, { description: 'What is measured' })
  measure!: MeasureFields;
  @ChoiceField({ of: directions, description: 'The wanted direction' })
  direction!: Direction;
  @AnyTextField({ example: 'Öka', description: 'The wanted direction, in words' })
  directionLabel!: string;
  @AnyTextField({ example: 'Kolada', description: 'Where the values come from' })
  source!: string;
  @BooleanField({ example: true, description: 'Whether it is shown for women and men' })
  splitBySex!: boolean;
  @ValuesField(kind.id, { description: 'The items that list it' })
  itemIds!: readonly string[];
  @ObjectField(() => TargetView, { description: 'What it should reach', optional: true })
  target?: TargetView;
  @BooleanField({ example: false, description: 'Whether the newest value meets the threshold', optional: true })
  targetMet?: boolean;
  @ObjectField(() => RetiredView, { description: 'Since when it is not followed', optional: true })
  retired?: RetiredView;
  @ObjectsField(() => PeriodView, { description: 'The values, in the order of the periods' })
  series!: PeriodView[];
  @IntegerField({ min: 0, example: 3, description: 'The revision of its stream' })
  revision!: number;
}

const labels: Readonly<Record<Direction, string>> = { increase: 'Öka', decrease: 'Minska', maintain: 'Behåll' };

export function indicatorView({
  _id,
  known: _known,
  position: _position,
  series,
  sortKey: _sortKey,
  tenant: _tenant,
  until: _until,
  ...indicator
}: IndicatorDocument): IndicatorView {
  const met = indicator.target && meets(indicator.target, series);
  return {
    id: _id,
    ...indicator,
    directionLabel: labels[indicator.direction],
    ...(met !== undefined && { targetMet: met }),
    series: series.map((entry, index) => periodView(entry, movementOf(series, index, indicator.direction))),
  };
}

function periodView(entry: SeriesEntry, movement: Movement): PeriodView {
  const difference = differenceOf(entry);
  return {
    period: entry.period,
    ...columnsView(entry),
    ...(difference !== undefined && { difference: writeSwedish(difference) }),
    movement,
    corrections: entry.corrections.map(correctionView),
  };
}

const correctionView = ({ after, before, by, position, reason, recordedAt }: Correction): CorrectionView => ({
  before: columnsView(before),
  after: columnsView(after),
  reason,
  recordedAt,
  role: by.role,
  position,
});

function columnsView({ men, total, women }: { total?: Cell; women?: Cell; men?: Cell }): ColumnsView {
  return {
    ...(total && { total: cellView(total) }),
    ...(women && { women: cellView(women) }),
    ...(men && { men: cellView(men) }),
  };
}

function cellView(cell: Cell): CellView {
  const text = shown(cell);
  if ('gap' in cell) return { gap: cell.gap, ...(text !== undefined && { shown: text }) };
  const { provisionalAsOf, value } = cell;
  return { value, ...(text !== undefined && { shown: text }), ...(provisionalAsOf && { provisionalAsOf }) };
}
