import { sortOfPeriod, spanOfPeriod } from '#kernel';
import { provenanceText, withWhence } from '../format/provenance-text.js';
import type { CellContent, ComputedContent, IndicatorContent, PeriodContent, Snapshot } from '../format/snapshot.js';
import { computedTexts, contradictions, derivationText } from './computed.js';
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
const computedValue = (computed: ComputedContent | undefined): Cell =>
  computed?.value === undefined ? '' : { decimal: computed.value };
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
  ['Registrerad', (entry) => (entry?.recordedAt === undefined ? '' : { instant: entry.recordedAt })],
  ['Målvärde', (_, { target }) => targetValue(target)],
  ['Målet senast', (_, { target }) => (target && 'by' in target ? { day: target.by } : '')],
  ['Målet nått', (_, indicator) => swedishTargetStatus(indicator)],
  ['Definition', (entry) => (entry ? { whole: entry.definition ?? 1 } : '')],
  ['Följs av', (_, { owner }) => owner.name],
  ['Hör till', (_, { items }) => items.map(({ label }) => label).join(', ')],
  ['Följs inte längre från', (_, { retired }) => (retired ? { day: retired.on } : '')],
  ['Skäl till det', (_, { retired }) => retired?.reason ?? ''],
  ['Beräknas', (_, { derived }) => (derived ? derivationText(derived) : '')],
  ['Beräknat totalt', (entry) => computedValue(entry?.computed?.total)],
  ['Beräknat kvinnor', (entry) => computedValue(entry?.computed?.women)],
  ['Beräknat män', (entry) => computedValue(entry?.computed?.men)],
  ['Beräknat av', (entry) => (entry ? computedTexts(entry).join('\n') : '')],
  ['Kvinnor och män', (entry) => (entry?.sumOfSexes === undefined ? '' : { decimal: entry.sumOfSexes })],
  ['Motsägelse', (entry) => (entry ? contradictions(entry).join('\n') : '')],
  ['Värdets ursprung', (entry) => (entry && provenanceText(entry)) ?? ''],
  ['Målets ursprung', (_, { target }) => (target && provenanceText(target)) ?? ''],
  ['Indikatorns ursprung', (_, indicator) => provenanceText(indicator) ?? ''],
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
    ...corrections.map((one) =>
      withWhence(one, `Rättad ${swedishInstant(one.recordedAt)}: ${one.reason} (tidigare ${columnsText(one.before)})`),
    ),
  ]
    .filter(Boolean)
    .join('\n');
}
