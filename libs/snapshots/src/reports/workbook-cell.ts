import { decimalsOf, isDecimal, shownText } from '#kernel';
import { swedishInstant, swedishNumber } from './swedish.js';
import type { Cell } from './table.js';

const look = { wrap: true, alignVertical: 'top' as const };

/**
 * A cell of a workbook: numbers, days and instants are such, and shown as they were written; all else is text.
 * @param whole where a text stands whole that the cell cannot hold
 */
export function workbookCell(cell: Cell, whole: string) {
  if (typeof cell === 'string') return textCell(cellText(cell, whole));
  if ('whole' in cell) return { value: cell.whole, type: Number, format: '0', ...look };
  if ('decimal' in cell) return decimalCell(cell.decimal);
  return 'day' in cell ? dateCell(cell.day, 'yyyy-mm-dd') : dateCell(swedishInstant(cell.instant), 'yyyy-mm-dd hh:mm');
}

const textCell = (text: string) => ({ value: storedText(text), type: String, ...look });

/** So many digits a spreadsheet reckons with. */
const mostDigits = 15;

/** With as many decimals as recorded. What has more digits than a number can hold is text, and keeps them all. */
function decimalCell(decimal: string) {
  if (!isDecimal(decimal)) return textCell(decimal);
  if (decimal.replace(/[-.]/g, '').length > mostDigits) return textCell(swedishNumber(decimal));
  const decimals = decimalsOf(decimal);
  const format = `#,##0${decimals > 0 ? `.${'0'.repeat(decimals)}` : ''}`;
  return { value: Number(decimal), type: Number, format, ...look };
}

/** A workbook takes 1900 for a leap year, and can tell no day before. */
const firstDay = '1900-03-01';

/** @param when on the Swedish clock: an ISO day, or one with minutes */
function dateCell(when: string, format: string) {
  const [day = '', time = '00:00'] = when.split(' ');
  const value = new Date(`${day}T${time}Z`);
  return day < firstDay || Number.isNaN(value.getTime()) ? textCell(when) : { value, type: Date, format, ...look };
}

/** So many characters a cell holds at most. */
const mostOfCell = 32_767;

/**
 * A text as a cell holds it. What a cell cannot hold is not left out in silence: its end says how much, and where it stands.
 * @param whole where: `ögonblicksbilden`
 */
export function cellText(given: string, whole: string): string {
  const text = shownText(given);
  if (text.length <= mostOfCell) return text;
  const told = text.slice(0, mostOfCell - 200).toWellFormed();
  const left = swedishNumber(String(text.length - told.length));
  return `${told}… [${left} tecken till ryms inte i en cell: hela texten står i ${whole}]`;
}

/**
 * A text as it is stored, which is read back as it was (ECMA-376, ST_Xstring): what looks like an escape, what the library
 * leaves out, and the names that it takes for its own.
 */
function storedText(text: string): string {
  const stored = text
    .replaceAll(/_x(?=[0-9A-Fa-f]{4}_)/g, '_x005F_x')
    .replaceAll(/[\ufffd\p{Noncharacter_Code_Point}]/gu, '_xFFFD_');
  return stored in Object.prototype
    ? `_x${stored.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_${stored.slice(1)}`
    : stored;
}
