import { sortOfPeriod, spanOfPeriod } from '#kernel';
import type { CellContent, IndicatorContent, PeriodContent, Snapshot } from '../format/snapshot.js';
import {
  columnsText,
  directions,
  provisional,
  swedishBreak,
  swedishCell,
  swedishGap,
  swedishInstant,
  swedishMovement,
  swedishTarget,
  swedishTargetStatus,
  unitOf,
} from './swedish.js';
import type { Cell, Table } from './table.js';

type Column = readonly [head: string, cell: (entry: PeriodContent | undefined, indicator: IndicatorContent) => Cell];

/** A value to reckon with, or why there is none. */
const value = (cell: CellContent | undefined): Cell =>
  cell === undefined ? '' : 'value' in cell ? { decimal: cell.value } : swedishGap(cell);
/** As a reader is shown it: as the document printed it, where it did. */
const shown = (cell: CellContent | undefined): string => (cell ? swedishCell(cell) : '');

const columns: readonly Column[] = [
  ['Indikator', (_, { name }) => name],
  ['Enhet', (entry, indicator) => (entry ? unitOf(indicator, entry) : indicator.measure.unit)],
  ['Önskad riktning', (_, { direction }) => directions[direction]],
  ['Mål', (_, { target }) => (target ? swedishTarget(target) : '')],
  ['Källa', (_, { source }) => source],
  ['Period', (entry) => (entry ? periodCell(entry) : '')],
  ['Totalt', (entry) => value(entry?.total)],
  ['Kvinnor', (entry) => value(entry?.women)],
  ['Män', (entry) => value(entry?.men)],
  ['Kvinnor minus män', (entry) => (entry?.difference === undefined ? '' : { decimal: entry.difference })],
  ['Utveckling', (entry) => (!entry || entry.movement === 'unknown' ? '' : swedishMovement(entry))],
  ['Anmärkning', (entry) => (entry ? remarks(entry) : '')],
  ['Totalt som redovisat', (entry) => shown(entry?.total)],
  ['Kvinnor som redovisat', (entry) => shown(entry?.women)],
  ['Män som redovisat', (entry) => shown(entry?.men)],
  ['Från', (entry) => (entry ? { day: spanOfPeriod(entry.period).from } : '')],
  ['Till', (entry) => (entry ? { day: spanOfPeriod(entry.period).to } : '')],
  ['Registrerad', (entry) => (entry ? { instant: entry.recordedAt } : '')],
  ['Målvärde', (_, { target }) => targetValue(target)],
  ['Målet senast', (_, { target }) => (target && 'by' in target ? { day: target.by } : '')],
  ['Målet nått', (_, indicator) => swedishTargetStatus(indicator)],
  ['Definition', (entry) => (entry ? { whole: entry.definition ?? 1 } : '')],
  ['Följs av', (_, { owner }) => owner.name],
  ['Hör till', (_, { items }) => items.map(({ label }) => label).join(', ')],
  ['Följs inte längre från', (_, { retired }) => (retired ? { day: retired.on } : '')],
  ['Skäl till det', (_, { retired }) => retired?.reason ?? ''],
];

/** Every period of every indicator on a row of its own; an indicator without any on one. */
export function indicatorTable({ indicators }: Snapshot): Table {
  return {
    head: columns.map(([head]) => head),
    rows: indicators.flatMap((indicator) => {
      const entries = indicator.series.length > 0 ? indicator.series : [undefined];
      return entries.map((entry) => columns.map(([, cell]) => cell(entry, indicator)));
    }),
  };
}

const periodCell = ({ period }: PeriodContent): Cell =>
  sortOfPeriod(period) === 'year' ? { whole: Number(period) } : period;

function targetValue(target: IndicatorContent['target']): Cell {
  if (!target || 'direction' in target) return '';
  return { decimal: 'atMost' in target ? target.atMost : target.atLeast };
}

function remarks(entry: PeriodContent): string {
  const { corrections, late, men, total, women } = entry;
  return [
    swedishBreak(entry),
    late && 'Efter frysningen',
    ...new Set([total, women, men].map(provisional)),
    ...corrections.map(
      ({ before, reason, recordedAt }) =>
        `Rättad ${swedishInstant(recordedAt)}: ${reason} (tidigare ${columnsText(before)})`,
    ),
  ]
    .filter(Boolean)
    .join('\n');
}
