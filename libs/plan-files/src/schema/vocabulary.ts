import Type from 'typebox';
import { gapReasons, kind } from '#kernel';
import type { Kind } from '#kernel';
import { wording } from './wording.js';

/** Every object of the format is closed: a misspelt property is a fault, never silently ignored. */
export const closed = { additionalProperties: false } as const;

/** Names the properties of an object that files have from version 2 of the format on. */
export const newInTwo = <Name extends string>(...names: readonly Name[]) => ({ newInTwo: names });

/** How a value is written: as it is everywhere, but for the words of who writes files. */
const written = ({ schema: { maxLength, pattern } }: Kind<string>) => ({
  ...(pattern !== undefined && { pattern }),
  ...(maxLength !== undefined && { maxLength }),
});

const keyShape = {
  ...written(kind.code),
  patternErrorMessage: wording(
    'key',
    'a key is written with a–z, 0–9 and single hyphens (å and ä become a, ö becomes o)',
    'en nyckel skrivs med a–z, 0–9 och enstaka bindestreck (å och ä blir a, ö blir o)',
  ),
};

/** A key: the stable name that files use for a thing, whatever its number, label or abbreviation becomes. */
export const key = (description: string) => Type.String({ ...keyShape, description });

/** A list of keys, each at most once; the order is the author's and is kept. */
export const keys = (description: string, itemDescription: string, options: { minItems?: number } = {}) =>
  Type.Array(key(itemDescription), { description, uniqueItems: true, ...options });

/** @param max how many characters it may have, as in the API; what is told at length has 20,000 */
export const text = (description: string, max = 20_000) =>
  Type.String({
    description,
    ...written(kind.text(max)),
    patternErrorMessage: wording(
      'text',
      'give a text, without NUL and halves of characters, or leave the property out',
      'ge en text, utan NUL och halva tecken, eller utelämna egenskapen',
    ),
  });

/** A wording or a reason. @param max as for `text` */
export const saying = (description: string, max = 20_000) =>
  Type.String({
    description,
    ...written(kind.saying(max)),
    patternErrorMessage: wording(
      'saying',
      'give a text with a letter or digit at least, without NUL and halves of characters, or leave the property out',
      'ge en text med minst en bokstav eller siffra, utan NUL och halva tecken, eller utelämna egenskapen',
    ),
  });

export const date = (description: string) =>
  Type.String({ description: `${description} (ISO 8601, YYYY-MM-DD)`, format: 'date' });

export const month = (description: string) =>
  Type.String({
    description: `${description} (YYYY-MM, as text)`,
    ...written(kind.month),
    patternErrorMessage: wording('month', "write the month as '2025-04'", "skriv månaden som '2025-04'"),
  });

export const dayOrYear = (description: string) =>
  Type.String({
    description: `${description}, as text`,
    ...written(kind.dayOrYear),
    patternErrorMessage: wording(
      'day-or-year',
      "write a day as YYYY-MM-DD, or a year as '2021'",
      "skriv en dag som ÅÅÅÅ-MM-DD eller ett år som '2021'",
    ),
  });

export const year = (description: string) => Type.Integer({ description, minimum: 1900, maximum: 2999 });

export const decimal = (description: string) =>
  Type.String({
    description: `${description} (a decimal as text, with a point)`,
    ...written(kind.decimal),
    patternErrorMessage: wording(
      'decimal',
      "write the decimal as text with a point, such as '1' or '2.5'",
      "skriv decimaltalet som text med punkt, till exempel '1' eller '2.5'",
    ),
  });

export const period = () =>
  Type.String({
    description: 'What the value speaks of: a year, a month, quarter, third or half of it, or a school year, as text',
    ...written(kind.period),
    patternErrorMessage: wording(
      'period',
      "write the year as four digits, such as '2024', a part of it: '2024-03', '2024-Q1', '2024-T1', '2024-H1', or a school year: '2024/25'",
      "skriv året med fyra siffror, till exempel '2024', en del av det: '2024-03', '2024-Q1', '2024-T1', '2024-H1', eller ett läsår: '2024/25'",
    ),
  });

export const note = () => text('A remark for the reader', 2_000);

const inference = Type.Object(
  {
    fact: Type.Optional(text('Which fact, such as validity.from; left out, all that stands beside it', 100)),
    ground: text('What it was read from', 2_000),
  },
  { ...closed, description: 'A fact that no document states' },
);

/** What may be said of where something comes from, wherever a file tells it. */
export const grounds = {
  inferred: Type.Optional(
    Type.Array(inference, { description: 'What no document states, and what it was read from', minItems: 1 }),
  ),
  note: Type.Optional(note()),
};

const gap = Type.Object(
  { gap: Type.Enum(gapReasons, { description: 'Why there is no value' }) },
  { ...closed, description: 'An absent value, with its reason' },
);

const printed = Type.String({
  description: 'The value as printed, decimal comma and all, or the sign that stands in its place: .. . – x',
  ...written(kind.printed),
});

/** One cell of an indicator table: the text as printed, or a gap that says why nothing is printed. */
export const cell = (description: string) =>
  Type.Union([printed, gap], {
    description,
    errorMessage: wording(
      'cell',
      `write the value as printed, in quotes, or { gap: ${gapReasons.join(' | ')} }`,
      `skriv värdet som det är tryckt, inom citattecken, eller { gap: ${gapReasons.join(' | ')} }`,
    ),
  });

/** The total and the two sexes, which Swedish follow-up shows side by side wherever it can. */
export const cells = {
  total: Type.Optional(cell('Both sexes together')),
  women: Type.Optional(cell('Women and girls')),
  men: Type.Optional(cell('Men and boys')),
};

export const directions = ['increase', 'decrease', 'maintain'] as const;
