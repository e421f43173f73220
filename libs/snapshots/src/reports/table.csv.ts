import { isDecimal, shownText } from '#kernel';
import type { Snapshot } from '../format/snapshot.js';
import { indicatorTable } from './indicators.table.js';
import { itemTable } from './rows.js';
import { swedishInstant } from './swedish.js';
import type { Cell, Table } from './table.js';

/** The items of a snapshot as CSV (RFC 4180) for a Swedish Excel: UTF-8 with a byte order mark, and semicolons. */
export const reportCsv = (snapshot: Snapshot): string => csvOf(itemTable(snapshot));

/** The values of its indicators in the same form: numbers with a decimal comma, and nothing between the thousands. */
export const indicatorCsv = (snapshot: Snapshot): string => csvOf(indicatorTable(snapshot));

export const csvOf = ({ head, rows }: Table): string =>
  `\ufeff${[head, ...rows].map((row) => row.map(field).join(';')).join('\r\n')}\r\n`;

/** What a spreadsheet would take for a formula, also in full width or behind white space. */
const formula = /^[\s\ufeff]*[=+\-@＝＋－＠|]|^[\t\r\n]/u;

/** Everything is quoted. A number below zero is a number, and no formula. */
function field(cell: Cell): string {
  if (typeof cell === 'string') return quoted(cell);
  if ('decimal' in cell) return isDecimal(cell.decimal) ? `"${cell.decimal.replace('.', ',')}"` : quoted(cell.decimal);
  if ('whole' in cell) return `"${cell.whole}"`;
  return quoted('day' in cell ? cell.day : swedishInstant(cell.instant));
}

/** An apostrophe makes text of what would be a formula (OWASP, CSV injection). */
function quoted(given: string): string {
  const text = shownText(given);
  return `"${(formula.test(given) ? `'${text}` : text).replaceAll('"', '""')}"`;
}
