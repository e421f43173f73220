import type { Cell } from '../plan-file.js';
import type { gapReasons } from '../schema/vocabulary.js';
import { readPrintedNumber } from '#kernel';

/** What a cell of an indicator table says: a value, or why there is none. */
export type CellValue =
  | {
      readonly value: string;
      readonly asPrinted: string;
      readonly unit?: '%';
      /** The month up to which the value is provisional, such as `2024-10`. */
      readonly provisionalAsOf?: string;
    }
  | { readonly gap: (typeof gapReasons)[number] };

/**
 * Reads a cell in the column of a year.
 *
 * @param period the year of the column, or a part of it; a provisional month belongs to that year
 * @throws UnreadableNumber when the text of the cell is not a number
 */
export function readCell(cell: Cell, period: string): CellValue {
  if (typeof cell !== 'string') return cell;
  const { provisionalAsOf: month, ...number } = readPrintedNumber(cell);
  return month === undefined
    ? number
    : { ...number, provisionalAsOf: `${period.slice(0, 4)}-${String(month).padStart(2, '0')}` };
}
