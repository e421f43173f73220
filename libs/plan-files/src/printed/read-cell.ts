import type { Cell } from '../plan-file.js';
import { gapOfSign, readPrintedNumber, spanOfPeriod } from '#kernel';
import type { GapReason } from '#kernel';

/** What a cell of an indicator table says: a value, or why there is none. */
export type CellValue =
  | {
      readonly value: string;
      readonly asPrinted: string;
      readonly unit?: '%';
      /** The month up to which the value is provisional, such as `2024-10`. */
      readonly provisionalAsOf?: string;
    }
  | { readonly gap: GapReason; readonly asPrinted?: string };

/**
 * Reads a cell in the column of a year.
 *
 * @param period of the column; a provisional month belongs to it
 * @throws UnreadableNumber when the text of the cell is neither a number nor a sign in place of one
 */
export function readCell(cell: Cell, period: string): CellValue {
  if (typeof cell !== 'string') return cell;
  const gap = gapOfSign(cell);
  if (gap) return { gap, asPrinted: cell.trim() };
  const { provisionalAsOf: month, ...number } = readPrintedNumber(cell);
  return month === undefined ? number : { ...number, provisionalAsOf: monthIn(period, month) };
}

/** The month as YYYY-MM: of a school year, the first months lie in its second year. */
function monthIn(period: string, month: number): string {
  const { from } = spanOfPeriod(period);
  const year = Number(from.slice(0, 4)) + (period.includes('/') && month < 7 ? 1 : 0);
  return `${year}-${String(month).padStart(2, '0')}`;
}
