import { addDecimals, compareDecimals, decimalsOf, subtractDecimals } from '#kernel';
import { breaksBetween } from '../../definitions.js';
import type { DefinitionVersion } from '../../definitions.js';
import type { Cell } from '../../indicator.events.js';
import { cutOffOf, valueOf } from './comparing.js';
import type { SeriesEntry } from './indicator-series.projection.js';

/**
 * Women minus men, in the indicator's unit; undefined where a side has no value, or the two measure different
 * things or are counted up to different months.
 */
export function differenceOf(
  { meant, men, women }: Pick<SeriesEntry, 'women' | 'men' | 'meant'>,
  versions: readonly DefinitionVersion[],
): string | undefined {
  const [ours, theirs] = [valueOf(women), valueOf(men)];
  if (ours === undefined || theirs === undefined || cutOffOf(women) !== cutOffOf(men)) return undefined;
  return breaksBetween(versions, meant.women!, meant.men!).length > 0 ? undefined : subtractDecimals(ours, theirs);
}

/** Women and men together, and where a total that is told says otherwise, that total. */
export interface Summed {
  readonly sum: string;
  readonly contradicts?: string;
}

/**
 * What women and men make together. Only a count adds up over the sexes; undefined for other measures, where a side has no
 * value, or where the two are not comparable.
 */
export function sumOf(
  { meant, men, total, women }: Pick<SeriesEntry, 'total' | 'women' | 'men' | 'meant'>,
  versions: readonly DefinitionVersion[],
): Summed | undefined {
  const [ours, theirs, stated] = [valueOf(women), valueOf(men), valueOf(total)];
  const kind = versions.find(({ version }) => version === meant.women)?.definition.measure.kind;
  if (kind !== 'count' || ours === undefined || theirs === undefined || cutOffOf(women) !== cutOffOf(men)) {
    return undefined;
  }
  if (breaksBetween(versions, meant.women!, meant.men!).length > 0) return undefined;
  const sum = addDecimals(ours, theirs);
  const isOne =
    stated !== undefined &&
    cutOffOf(total) === cutOffOf(women) &&
    breaksBetween(versions, meant.total!, meant.women!).length === 0;
  return isOne && compareDecimals(stated, sum) !== 0 ? { sum, contradicts: stated } : { sum };
}

/** A decimal as a Swedish reader writes it: no-break spaces between thousands, a comma, U+2212 for minus. */
export function writeSwedish(decimal: string): string {
  const digits = decimalsOf(decimal);
  const [whole = '', fraction] = decimal.replace('-', '').split('.');
  const grouped = whole.replace(/\B(?=([0-9]{3})+$)/g, '\u00a0');
  return `${decimal.startsWith('-') ? '\u2212' : ''}${grouped}${digits > 0 ? `,${fraction}` : ''}`;
}

/** What a reader is shown for a cell: as printed where the document printed it. */
export function shown(cell: Cell): string | undefined {
  return cell.asPrinted ?? ('value' in cell ? writeSwedish(cell.value) : undefined);
}
