import { ApiProperty } from '@nestjs/swagger';
import { directions, gapReasons } from '../../indicator.events.js';
import type { Cell, Direction, GapReason } from '../../indicator.events.js';
import { differenceOf, meets, movementOf, shown, writeSwedish } from './derived.js';
import type { Movement } from './derived.js';
import type { Correction, IndicatorDocument, SeriesEntry } from './indicator-series.projection.js';

class CellView {
  @ApiProperty({ required: false, example: '5787', description: 'The value, as a decimal' })
  value?: string;
  @ApiProperty({
    required: false,
    example: '5 787 (okt)',
    description: 'As the document prints it, or as Swedish readers write it',
  })
  shown?: string;
  @ApiProperty({ required: false, example: '2024-10', description: 'The month up to which a provisional value speaks' })
  provisionalAsOf?: string;
  @ApiProperty({ required: false, enum: gapReasons, description: 'Why there is no value' })
  gap?: GapReason;
}

class ColumnsView {
  @ApiProperty({ required: false, type: CellView, description: 'Both sexes together' })
  total?: CellView;
  @ApiProperty({ required: false, type: CellView, description: 'Women and girls' })
  women?: CellView;
  @ApiProperty({ required: false, type: CellView, description: 'Men and boys' })
  men?: CellView;
}

class CorrectionView {
  @ApiProperty({ type: ColumnsView, description: 'What stood before' })
  before!: ColumnsView;
  @ApiProperty({ type: ColumnsView, description: 'What stands since' })
  after!: ColumnsView;
  @ApiProperty({ example: 'Helårsvärdet är klart', description: 'Why' })
  reason!: string;
  @ApiProperty({ format: 'date-time', description: 'When it was recorded' })
  recordedAt!: string;
  @ApiProperty({ example: 'reporter', description: 'The role of who corrected it' })
  role!: string;
  @ApiProperty({ example: '00000000000000000412', description: 'Where in the log' })
  position!: string;
}

class PeriodView extends ColumnsView {
  @ApiProperty({ example: '2024', description: 'The period' })
  period!: string;
  @ApiProperty({ required: false, example: '−0,84', description: 'Women minus men' })
  difference?: string;
  @ApiProperty({
    enum: ['towards', 'away', 'unchanged', 'changed', 'unknown'],
    description: 'Seen from the wanted direction',
  })
  movement!: Movement;
  @ApiProperty({ type: [CorrectionView], description: 'Every correction, oldest first' })
  corrections!: CorrectionView[];
}

export class IndicatorView {
  @ApiProperty({ format: 'uuid', description: 'The indicator' })
  id!: string;
  @ApiProperty({ format: 'uuid', description: 'The plan that lists it' })
  planId!: string;
  @ApiProperty({ required: false, example: 'andel-vuxna', description: 'How files name it' })
  key?: string;
  @ApiProperty({ example: 'Andel vuxna biståndsmottagare', description: 'Its name as printed' })
  name!: string;
  @ApiProperty({ format: 'uuid', description: 'The body that follows it' })
  ownerId!: string;
  @ApiProperty({ example: { unit: 'procent', kind: 'share' }, description: 'What is measured' })
  measure!: { readonly unit: string; readonly kind: string };
  @ApiProperty({ enum: directions, description: 'The wanted direction' })
  direction!: Direction;
  @ApiProperty({ example: 'Öka', description: 'The wanted direction, in words' })
  directionLabel!: string;
  @ApiProperty({ example: 'Kolada', description: 'Where the values come from' })
  source!: string;
  @ApiProperty({ example: true, description: 'Whether it is shown for women and men' })
  splitBySex!: boolean;
  @ApiProperty({ type: [String], description: 'The items that list it' })
  itemIds!: readonly string[];
  @ApiProperty({ required: false, example: { atMost: '1', by: '2026-12-31' }, description: 'What it should reach' })
  target?: object;
  @ApiProperty({ required: false, example: false, description: 'Whether the newest value meets the threshold' })
  targetMet?: boolean;
  @ApiProperty({
    required: false,
    example: { on: '2026-01-01', reason: 'Ersatt' },
    description: 'Since when it is not followed',
  })
  retired?: object;
  @ApiProperty({ type: [PeriodView], description: 'The values, in the order of the periods' })
  series!: PeriodView[];
  @ApiProperty({ type: 'integer', example: 3, description: 'The revision of its stream' })
  revision!: number;
}

const labels: Readonly<Record<Direction, string>> = { increase: 'Öka', decrease: 'Minska', maintain: 'Behåll' };

export function indicatorView({
  _id,
  position: _,
  series,
  sortKey: __,
  tenant: ___,
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
  if ('gap' in cell) return { gap: cell.gap };
  const { provisionalAsOf, value } = cell;
  return { value, ...(text !== undefined && { shown: text }), ...(provisionalAsOf && { provisionalAsOf }) };
}
