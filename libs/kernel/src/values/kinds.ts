import { codePattern, longestCode } from '../code.js';
import { dayPattern, isDay } from '../day.js';
import { decimalPattern } from '../decimal.js';
import { followedPeriodPattern, isFollowedPeriod } from '../followed-period.js';
import { anyCaseIdPattern } from '../ids.js';
import { itemNumberPattern, normaliseItemNumber } from './item-number.js';
import type { Kind, ValueSchema } from './kind.js';
import { say, term } from '../texts/said.js';

/** The kinds of value that there are. */

const lowerCase = (text: string): string => text.toLowerCase();
const trimmed = (text: string): string => text.trim();

/** The id of something that exists. In capitals it is the same id. */
export const id: Kind<string> = {
  schema: { type: 'string', format: 'uuid', pattern: anyCaseIdPattern },
  says: term('id', 'a UUID', 'ett UUID'),
  tidy: lowerCase,
};

/** A key or code: data of the municipality, in lower-case letters, digits and single hyphens. */
export const code: Kind<string> = {
  schema: { type: 'string', pattern: codePattern, maxLength: longestCode },
  says: term(
    'code',
    'lower-case letters a–z, digits and single hyphens',
    'små bokstäver a–z, siffror och enstaka bindestreck',
  ),
};

/** The name of a rule, as problems tell it. */
export const ruleName: Kind<string> = { ...code, schema: { ...code.schema, maxLength: 60 } };

/** Formats of letters, as Unicode 16 has them (Cf), but for those that hide what a text says. */
const formats =
  '\\u00ad\\u0600-\\u0605\\u061c\\u06dd\\u070f\\u0890\\u0891\\u08e2\\u180e\\u200b-\\u200f\\u2060-\\u2065\\u206a-\\u206f\\ufeff\\u{110bd}\\u{110cd}\\u{13430}-\\u{1343f}\\u{1bca0}-\\u{1bca3}\\u{1d173}-\\u{1d17a}';
/** Shows nothing: blanks, marks without a letter, what joins, parts and formats letters, letters that are empty, and those of private use. */
const blank = `\\t\\n\\r\\p{Zs}\\p{M}\\p{Co}\\u115f\\u1160\\u2800\\u3164\\uffa0${formats}`;
/** Shows something, and says nothing alone: points, dashes, quotes and other signs between words, and those of sums and money. */
const unsaying = '\\p{P}\\p{Sm}\\p{Sc}\\p{Sk}';
/**
 * No text, or text that reads as another: control characters but for tabs and line breaks, other signs that break lines, what
 * turns the direction of what follows, notes between lines, tags, U+FFFD (what is left of a letter that was read in a wrong
 * encoding), and halves of characters, which not every store would give back.
 */
const hidden =
  '\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\p{Cs}\\u2028-\\u202e\\u2066-\\u2069\\ufff9-\\uffff\\u{e0000}-\\u{e007f}';
/** Nothing but `empty`, then something else, then anything; nowhere what hides what it says. The three never overlap: it takes no time. */
const patternOf = (empty: string): string => `^[${empty}]*[^${empty}${hidden}][^${hidden}]*$`;

/** Text that shows something, without blanks around it. */
export const text = (max: number): Kind<string> => ({
  schema: { type: 'string', minLength: 1, maxLength: max, pattern: patternOf(blank) },
  says: term(
    'text',
    'text that shows something and hides nothing: without control characters, characters that turn its direction, and U+FFFD (what is left of a letter in a wrong encoding)',
    'text som visar något och inte döljer något: utan styrtecken, tecken som vänder dess riktning och U+FFFD (det som blir kvar av en bokstav i fel teckenkodning)',
  ),
  tidy: trimmed,
});

/** Text that says something: a wording or a reason, of more than points and dashes. */
export const saying = (max: number): Kind<string> => ({
  ...text(max),
  schema: { type: 'string', minLength: 1, maxLength: max, pattern: patternOf(blank + unsaying) },
  says: term(
    'saying',
    'text with a letter or digit at least, that hides nothing: without control characters, characters that turn its direction, and U+FFFD (what is left of a letter in a wrong encoding)',
    'text med minst en bokstav eller siffra, som inte döljer något: utan styrtecken, tecken som vänder dess riktning och U+FFFD (det som blir kvar av en bokstav i fel teckenkodning)',
  ),
});

/** What something is called in a list or a table. */
export const label = text(200);
/** A name, a title or a source as it is printed. */
export const name = text(500);
/** A wording. */
export const title = saying(2_000);
/** Why, or what the reader should know. */
export const remark = saying(2_000);
/** What is told at length. */
export const longText = text(20_000);

/** The number of an item, also as documents print it: `Uppdrag 7.` is `7`. */
export const itemNumber: Kind<string> = {
  schema: { type: 'string', maxLength: 60, pattern: itemNumberPattern },
  says: term(
    'item-number',
    'a number of an item, such as 7, 16b, 1.1, N1.1 or 2021:8',
    'ett nummer på ett uppdrag, såsom 7, 16b, 1.1, N1.1 eller 2021:8',
  ),
  tidy: normaliseItemNumber,
  example: '34',
};

/** A day that exists. */
export const day: Kind<string> = {
  schema: { type: 'string', format: 'date', pattern: dayPattern },
  says: term('day', 'a day that exists, as YYYY-MM-DD', 'en dag som finns, såsom ÅÅÅÅ-MM-DD'),
  exists: isDay,
  example: '2025-04-08',
};

/** A day that exists, or a year. */
export const dayOrYear: Kind<string> = {
  schema: { type: 'string', pattern: '^[0-9]{4}(-[0-9]{2}-[0-9]{2})?$' },
  says: term('day-or-year', 'a day, as YYYY-MM-DD, or a year', 'en dag, såsom ÅÅÅÅ-MM-DD, eller ett år'),
  exists: (value) => value.length === 4 || isDay(value),
  example: '2021',
};

/** A month, as YYYY-MM. */
export const month: Kind<string> = {
  schema: { type: 'string', pattern: '^[0-9]{4}-(0[1-9]|1[0-2])$' },
  says: term('month', 'a month, as YYYY-MM', 'en månad, såsom ÅÅÅÅ-MM'),
  example: '2024-10',
};

/** A year, a month, quarter, third or half of it, or a school year. */
export const period: Kind<string> = {
  schema: { type: 'string', pattern: followedPeriodPattern },
  says: term(
    'period',
    'a period, such as 2025, 2025-03, 2025-Q1, 2025-T1, 2025-H1 or 2024/25',
    'en period, såsom 2025, 2025-03, 2025-Q1, 2025-T1, 2025-H1 eller 2024/25',
  ),
  exists: isFollowedPeriod,
  example: '2025',
};

/** A decimal as text, with a point: floating point never touches it. */
export const decimal: Kind<string> = {
  schema: { type: 'string', pattern: decimalPattern, maxLength: 40 },
  says: term(
    'decimal',
    "a decimal as text with a point, such as '5.0'",
    'ett decimaltal som text med punkt, såsom ’5.0’',
  ),
  example: '5.0',
};

/** A number as a document prints it, with its decimal comma. */
export const printed: Kind<string> = { ...text(40), example: '5 787 (okt)' };

/** Whose day in Sweden is of the calendar of today, and told in four digits. */
const [firstInstant, lastInstant] = [Date.parse('1900-01-01T00:00:00Z'), Date.parse('9999-12-31T22:59:59.999Z')];

function isMoment(text: string): boolean {
  if (isDay(text)) return true;
  const instant = Date.parse(text);
  return isDay(text.slice(0, 10)) && instant >= firstInstant && instant <= lastInstant;
}

const timePattern = 'T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})';

/** An instant (RFC 3339). */
export const instant: Kind<string> = {
  schema: {
    type: 'string',
    format: 'date-time',
    pattern: `^[0-9]{4}-[0-9]{2}-[0-9]{2}${timePattern}$`,
  },
  says: term('instant', 'an instant, such as 2025-05-01T12:00:00Z', 'en tidpunkt, såsom 2025-05-01T12:00:00Z'),
  exists: isMoment,
};

/** A day, or an instant. */
export const moment: Kind<string> = {
  schema: { type: 'string', pattern: `^[0-9]{4}-[0-9]{2}-[0-9]{2}(${timePattern})?$` },
  says: term(
    'moment',
    'a day as YYYY-MM-DD, or an instant such as 2025-05-01T12:00:00Z',
    'en dag som ÅÅÅÅ-MM-DD eller en tidpunkt såsom 2025-05-01T12:00:00Z',
  ),
  exists: isMoment,
};

/** A place in the log. */
export const position: Kind<string> = {
  schema: { type: 'string', pattern: '^[0-9]{20}$' },
  says: term('position', 'the position of a receipt', 'platsen (position) i ett kvitto'),
  example: '00000000000000000412',
};

/** SHA-256, as hexadecimal digits. */
export const sha256: Kind<string> = {
  schema: { type: 'string', pattern: '^[0-9a-f]{64}$' },
  says: term('sha256', '64 hexadecimal digits', '64 hexadecimala siffror'),
};

/** Text as it is told, which may be any. */
export const anyText: Kind<string> = { schema: { type: 'string' }, says: term('any-text', 'text', 'text') };

const oneOf = say('one of {words}', 'ett av {words}', 'choice');

/** One of a few words. */
export const choice = <const Word extends string>(of: readonly Word[]): Kind<Word> => ({
  schema: { type: 'string', enum: of },
  says: oneOf({ words: of }),
});

/** A whole number, both ends included. */
export const integer = (range: Pick<ValueSchema, 'minimum' | 'maximum'> = {}): Kind<number> => ({
  schema: { type: 'integer', ...range },
  says: term('integer', 'a whole number', 'ett heltal'),
});

/** A year that is followed up. */
export const year = integer({ minimum: 1900, maximum: 2999 });

export const truth: Kind<boolean> = {
  schema: { type: 'boolean' },
  says: term('truth', 'true or false', 'true eller false'),
};
