import { codePattern, longestCode } from '../code.js';
import { dayPattern, isDay } from '../day.js';
import { decimalPattern } from '../decimal.js';
import { anyCaseIdPattern } from '../ids.js';
import { itemNumberPattern, normaliseItemNumber } from './item-number.js';
import type { Kind, ValueSchema } from './kind.js';

/** The kinds of value that there are. */

const lowerCase = (text: string): string => text.toLowerCase();
const trimmed = (text: string): string => text.trim();

/** The id of something that exists. In capitals it is the same id. */
export const id: Kind<string> = {
  schema: { type: 'string', format: 'uuid', pattern: anyCaseIdPattern },
  says: 'a UUID',
  tidy: lowerCase,
};

/** A key or code: data of the municipality, in lower-case letters, digits and single hyphens. */
export const code: Kind<string> = {
  schema: { type: 'string', pattern: codePattern, maxLength: longestCode },
  says: 'lower-case letters a–z, digits and single hyphens',
};

/** Says something, and holds neither NUL nor half a character, which not every store would give back as it came. */
const textPattern = '^\\s*[^\\s\\x00\\p{Cs}][^\\x00\\p{Cs}]*$';

/** Text that says something, without blanks around it. */
export const text = (max: number): Kind<string> => ({
  schema: { type: 'string', minLength: 1, maxLength: max, pattern: textPattern },
  says: 'text that says something, without NUL and halves of characters',
  tidy: trimmed,
});

/** What something is called in a list or a table. */
export const label = text(200);
/** A name, a title or a source as it is printed. */
export const name = text(500);
/** A wording. */
export const title = text(2_000);
/** Why, or what the reader should know. */
export const remark = text(2_000);
/** What is told at length. */
export const longText = text(20_000);

/** The number of an item, also as documents print it: `Uppdrag 7.` is `7`. */
export const itemNumber: Kind<string> = {
  schema: { type: 'string', maxLength: 60, pattern: itemNumberPattern },
  says: 'a number of an item, such as 7, 16b, 1.1, N1.1 or 2021:8',
  tidy: normaliseItemNumber,
  example: '34',
};

/** A day that exists. */
export const day: Kind<string> = {
  schema: { type: 'string', format: 'date', pattern: dayPattern },
  says: 'a day that exists, as YYYY-MM-DD',
  exists: isDay,
  example: '2025-04-08',
};

/** A month, as YYYY-MM. */
export const month: Kind<string> = {
  schema: { type: 'string', pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' },
  says: 'a month, as YYYY-MM',
  example: '2024-10',
};

/** A year, or a month, quarter or third of it. */
export const period: Kind<string> = {
  schema: { type: 'string', pattern: '^[0-9]{4}(-(0[1-9]|1[0-2]|Q[1-4]|T[1-3]))?$' },
  says: 'a period, such as 2025, 2025-03, 2025-Q1 or 2025-T1',
  example: '2025',
};

/** A decimal as text, with a point: floating point never touches it. */
export const decimal: Kind<string> = {
  schema: { type: 'string', pattern: decimalPattern, maxLength: 40 },
  says: "a decimal as text with a point, such as '5.0'",
  example: '5.0',
};

/** A number as a document prints it, with its decimal comma. */
export const printed: Kind<string> = { ...text(40), example: '5 787 (okt)' };

const isMoment = (text: string): boolean => isDay(text.slice(0, 10)) && !Number.isNaN(Date.parse(text));

const timePattern = 'T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})';

/** An instant (RFC 3339). */
export const instant: Kind<string> = {
  schema: {
    type: 'string',
    format: 'date-time',
    pattern: `^[0-9]{4}-[0-9]{2}-[0-9]{2}${timePattern}$`,
  },
  says: 'an instant, such as 2025-05-01T12:00:00Z',
  exists: isMoment,
};

/** A day, or an instant. */
export const moment: Kind<string> = {
  schema: { type: 'string', pattern: `^[0-9]{4}-[0-9]{2}-[0-9]{2}(${timePattern})?$` },
  says: 'a day as YYYY-MM-DD, or an instant such as 2025-05-01T12:00:00Z',
  exists: isMoment,
};

/** A place in the log. */
export const position: Kind<string> = {
  schema: { type: 'string', pattern: '^[0-9]{20}$' },
  says: 'the position of a receipt',
  example: '00000000000000000412',
};

/** SHA-256, as hexadecimal digits. */
export const sha256: Kind<string> = {
  schema: { type: 'string', pattern: '^[0-9a-f]{64}$' },
  says: '64 hexadecimal digits',
};

/** Text as it is told, which may be any. */
export const anyText: Kind<string> = { schema: { type: 'string' }, says: 'text' };

/** One of a few words. */
export const choice = <const Word extends string>(of: readonly Word[]): Kind<Word> => ({
  schema: { type: 'string', enum: of },
  says: `one of ${of.join(', ')}`,
});

/** A whole number, both ends included. */
export const integer = (range: Pick<ValueSchema, 'minimum' | 'maximum'> = {}): Kind<number> => ({
  schema: { type: 'integer', ...range },
  says: 'a whole number',
});

/** A year that is followed up. */
export const year = integer({ minimum: 1900, maximum: 2999 });

export const truth: Kind<boolean> = { schema: { type: 'boolean' }, says: 'true or false' };
