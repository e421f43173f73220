import type {
  CellContent,
  ComputedContent,
  DerivationContent,
  PeriodContent,
  SourceContent,
} from '../format/snapshot.js';
import { madeUp } from '../format/provenance-text.js';
import { counted, swedishCell, swedishNumber } from './swedish.js';

export const columnNames = { total: 'totalt', women: 'kvinnor', men: 'män' } as const;
export type ColumnName = keyof typeof columnNames;
const columns = Object.keys(columnNames) as ColumnName[];

/** What is recorded, and where nothing is, what is computed. */
export const shownCell = (entry: PeriodContent, column: ColumnName): CellContent | undefined =>
  entry[column] ?? computedCell(entry.computed?.[column]);

function computedCell(computed: ComputedContent | undefined): CellContent | undefined {
  if (computed?.value === undefined) return undefined;
  const { provisionalAsOf, value } = computed;
  return { value, ...(provisionalAsOf !== undefined && { provisionalAsOf }) };
}

/** Such as `Genomförda samtal ÷ Erbjudna samtal × 100, med 1 decimal; en halv avrundas från noll`. */
export function derivationText({ decimals, denominator, factor, numerator }: DerivationContent): string {
  const times = factor === 1 ? '' : ` × ${swedishNumber(String(factor))}`;
  const places = counted(decimals, 'decimal', 'decimaler');
  return `${numerator.name} ÷ ${denominator.name}${times}, med ${places}; en halv avrundas från noll`;
}

const reasons: Readonly<Record<string, string>> = {
  'no-value': 'värde saknas',
  'cut-off': 'räknade till olika månader',
  'zero-denominator': 'nämnaren är noll',
};

/** Each column of a period that is computed, with what it is made of: `totalt 26,3 (41 ÷ 156)`. */
export const computedTexts = ({ computed }: PeriodContent): string[] =>
  columns.flatMap((column) => {
    const told = computed?.[column];
    return told ? [`${columnNames[column]} ${computedText(told)}`] : [];
  });

function computedText({ denominator, notComputed, numerator, provisionalAsOf, value }: ComputedContent): string {
  const made = `${sourceText(numerator)} ÷ ${sourceText(denominator)}`;
  if (value === undefined) return `inte beräknat: ${reasons[notComputed ?? ''] ?? notComputed} (${made})`;
  const upTo = provisionalAsOf === undefined ? '' : `, preliminärt t.o.m. ${provisionalAsOf}`;
  return `${swedishNumber(value)} (${made}${upTo})`;
}

const sourceText = (source: SourceContent | undefined): string =>
  source ? madeUp(source, `${source.name} ${swedishCell(source)}`) : 'inget värde';

/** What a period tells that cannot all be so: a total that is not its parts, or a recorded value that is not the computed one. */
export const contradictions = ({ computed, contradiction }: PeriodContent): string[] => [
  ...(contradiction
    ? [
        `totalt ${swedishNumber(contradiction.total)}, men kvinnor och män tillsammans ${swedishNumber(contradiction.sumOfSexes)}`,
      ]
    : []),
  ...columns.flatMap((column) => {
    const told = computed?.[column]?.contradiction;
    if (!told) return [];
    return [
      `${columnNames[column]} ${swedishNumber(told.recorded)} redovisat, men ${swedishNumber(told.computed)} beräknat`,
    ];
  }),
];
