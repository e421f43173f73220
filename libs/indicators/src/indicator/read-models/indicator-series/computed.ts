import { compareDecimals, decimalsOf, provenanceOf, quotientOfDecimals } from '#kernel';
import type { Provenance } from '#kernel';
import { versionOn } from '../../definitions.js';
import type { Observation } from '../../indicator.decider.js';
import type { Cell, Derivation } from '../../indicator.events.js';
import { cutOffOf, valueOf, versionOf } from './comparing.js';
import type { IndicatorDocument, SeriesEntry } from './indicator-series.projection.js';

/** Why there is no quotient: a source has no value, the two are counted up to different months, or the one below is zero. */
export const uncomputed = ['no-value', 'cut-off', 'zero-denominator'] as const;
export type Uncomputed = (typeof uncomputed)[number];

/** What a source tells of a period, and where that comes from. */
export interface SourceCell extends Provenance {
  readonly indicatorId: string;
  readonly name: string;
  readonly cell: Cell;
  /** The version of its definition that the cell is of. */
  readonly version: number;
  /** Of the event that recorded it, or corrected it last. */
  readonly position: string;
}

/** What two sources make of a column of a period, with their values as its lineage. */
export interface Computed {
  readonly value?: string;
  readonly provisionalAsOf?: string;
  readonly because?: Uncomputed;
  /** The version of the definition that says how it is computed. */
  readonly version: number;
  readonly numerator?: SourceCell;
  readonly denominator?: SourceCell;
  /** The recorded value, where that is another one. */
  readonly contradicts?: string;
}

export type Column = keyof Observation;
export type ComputedColumns = Readonly<Partial<Record<Column, Computed>>>;
/** Indicators by their ids. */
export type Sources = ReadonlyMap<string, IndicatorDocument>;

const columns = ['total', 'women', 'men'] as const satisfies readonly Column[];

/** The ids of all that an indicator was derived from, in any version of its definition. */
export const sourceIdsOf = ({ versions }: Pick<IndicatorDocument, 'versions'>): string[] =>
  versions.flatMap(({ definition: { derived } }) => (derived ? [derived.numerator, derived.denominator] : []));

/**
 * What follows for each period and column from the recorded values of the two sources. A column is computed as the version of
 * the definition says that it is of; where nothing is recorded, as the one that holds on the day.
 * @param day the one that is asked about
 * @returns by period, those of which a source tells something
 */
export function computedSeries(
  { series, versions }: Pick<IndicatorDocument, 'series' | 'versions'>,
  sources: Sources,
  day: string,
): ReadonlyMap<string, ComputedColumns> {
  const own = new Map(series.map((entry) => [entry.period, entry]));
  const told = sourceIdsOf({ versions }).flatMap((id) => sources.get(id)?.series ?? []);
  const spoken = new Set(told.map(({ period }) => period));
  const entries = new Map([...sources].map(([id, source]) => [id, entriesOf(source)]));
  const cellAt = (id: string, period: string, column: Column): SourceCell | undefined => {
    const [source, entry] = [sources.get(id), entries.get(id)?.get(period)];
    return source && entry && sourceCell(source, entry, column);
  };
  const computed = [...spoken].map((period): [string, ComputedColumns] => {
    const entry = own.get(period);
    const rowOf = entry ? versionOf(entry) : versionOn(versions, day);
    const made = columns.flatMap((column) => {
      const version = entry?.meant[column] ?? rowOf;
      const definition = versions.find((known) => known.version === version)?.definition;
      if (!definition?.derived || (column !== 'total' && !definition.splitBySex)) return [];
      const { derived } = definition;
      const numerator = cellAt(derived.numerator, period, column);
      const denominator = cellAt(derived.denominator, period, column);
      if (!numerator && !denominator) return [];
      return [[column, { version, ...computedOf(derived, { numerator, denominator, recorded: entry?.[column] }) }]];
    });
    return [period, Object.fromEntries(made) as ComputedColumns];
  });
  return new Map(computed.filter(([, made]) => Object.keys(made).length > 0));
}

const entriesOf = ({ series }: IndicatorDocument): ReadonlyMap<string, SeriesEntry> =>
  new Map(series.map((entry) => [entry.period, entry]));

function sourceCell({ _id, name }: IndicatorDocument, entry: SeriesEntry, column: Column): SourceCell | undefined {
  const cell = entry[column];
  if (!cell) return undefined;
  const corrected = entry.corrections.findLast(({ after }) => after[column]);
  const said = corrected ?? entry;
  const { position } = said;
  return { indicatorId: _id, name, cell, version: entry.meant[column]!, position, ...provenanceOf(said) };
}

interface Terms {
  readonly numerator: SourceCell | undefined;
  readonly denominator: SourceCell | undefined;
  readonly recorded: Cell | undefined;
}

function computedOf(derived: Derivation, { denominator, numerator, recorded }: Terms): Omit<Computed, 'version'> {
  const lineage = { ...(numerator && { numerator }), ...(denominator && { denominator }) };
  const [above, below] = [valueOf(numerator?.cell), valueOf(denominator?.cell)];
  if (above === undefined || below === undefined) return { because: 'no-value', ...lineage };
  if (cutOffOf(numerator!.cell) !== cutOffOf(denominator!.cell)) return { because: 'cut-off', ...lineage };
  const value = quotientOfDecimals(above, below, derived);
  if (value === undefined) return { because: 'zero-denominator', ...lineage };
  const provisionalAsOf = 'value' in numerator!.cell ? numerator!.cell.provisionalAsOf : undefined;
  const stated = cutOffOf(recorded) === cutOffOf(numerator!.cell) ? valueOf(recorded) : undefined;
  const isAnother = stated !== undefined && !isRoundedTo(stated, { above, below, derived, value });
  return { value, ...(provisionalAsOf && { provisionalAsOf }), ...lineage, ...(isAnother && { contradicts: stated }) };
}

interface Quotient {
  readonly above: string;
  readonly below: string;
  readonly derived: Derivation;
  /** As it is told. */
  readonly value: string;
}

/** Whether a value is the quotient as it is told, or rounded to as many decimals as the value itself is written with. */
function isRoundedTo(stated: string, { above, below, derived: { factor }, value }: Quotient): boolean {
  if (compareDecimals(stated, value) === 0) return true;
  return compareDecimals(stated, quotientOfDecimals(above, below, { factor, decimals: decimalsOf(stated) })!) === 0;
}
