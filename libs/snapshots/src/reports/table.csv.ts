import { shownText } from '#kernel';
import type { Snapshot } from '../format/snapshot.js';
import { itemTable } from './rows.js';
import type { Table } from './rows.js';

/** The items of a snapshot as CSV (RFC 4180) for a Swedish Excel: UTF-8 with a byte order mark, and semicolons. */
export const reportCsv = (snapshot: Snapshot): string => csvOf(itemTable(snapshot));

export const csvOf = ({ head, rows }: Table): string =>
  `\ufeff${[head, ...rows].map((row) => row.map(field).join(';')).join('\r\n')}\r\n`;

/** What a spreadsheet would take for a formula, also in full width or behind white space. */
const formula = /^[\s\ufeff]*[=+\-@＝＋－＠|]|^[\t\r\n]/u;

/** An apostrophe makes text of what would be a formula (OWASP, CSV injection). Everything is quoted. */
const field = (given: string): string => {
  const text = shownText(given);
  return `"${(formula.test(given) ? `'${text}` : text).replaceAll('"', '""')}"`;
};
