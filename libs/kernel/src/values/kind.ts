import { say } from '../texts/said.js';
import type { Said } from '../texts/said.js';

/** What the kinds of value use of JSON Schema (2020-12). It is data: printed in documents, compiled, and judged by `faultIn`. */
export interface ValueSchema {
  readonly type: 'string' | 'integer' | 'number' | 'boolean';
  readonly format?: 'uuid' | 'date' | 'date-time';
  readonly pattern?: string;
  readonly minLength?: number;
  /** In code points. */
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly enum?: readonly string[];
}

/**
 * A kind of value: how it is written, the same wherever it comes from (a request, a plan file, the command line), and what
 * is said of what is written otherwise.
 */
export interface Kind<Value = unknown> {
  readonly schema: ValueSchema;
  /** What would be right, after "must be", such as `a UUID`. */
  readonly says: Said;
  /** What a pattern cannot say, such as that a day is one of the calendar. */
  readonly exists?: (value: string) => boolean;
  /** The same value as it is kept: without blanks around it, in lower case. */
  readonly tidy?: (value: string) => string;
  readonly example?: Value;
}

/**
 * What is wrong with a value, for who wrote it; undefined where it is of the kind.
 * @param value whatever came
 */
export function faultIn({ exists, says, schema }: Kind, value: unknown): Said | undefined {
  if (!isOfType[schema.type](value)) return mustBe({ expected: says });
  if (typeof value === 'number') return outOfRange(schema, value);
  if (typeof value !== 'string') return undefined;
  const { enum: words, maxLength, minLength = 0, pattern } = schema;
  if (words && !words.includes(value)) return mustBeOneOf({ words });
  if (value.length < minLength) return mustNotBeEmpty();
  if (maxLength !== undefined && isLonger(value, maxLength)) return mustBeShorter({ most: maxLength });
  const fits = (!pattern || expressionOf(pattern).test(value)) && (!exists || exists(value));
  return fits ? undefined : mustBe({ expected: says });
}

const isOfType: Readonly<Record<ValueSchema['type'], (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: Number.isInteger,
  number: Number.isFinite,
  boolean: (value) => typeof value === 'boolean',
};

function outOfRange({ maximum, minimum }: ValueSchema, value: number): Said | undefined {
  if (minimum !== undefined && value < minimum) return mustBeAtLeast({ least: minimum });
  if (maximum !== undefined && value > maximum) return mustBeAtMost({ most: maximum });
  return undefined;
}

/** A character outside of the basic plane is two units of a text, and one of what a schema counts. */
function isLonger(text: string, most: number): boolean {
  if (text.length <= most) return false;
  let length = text.length;
  for (const pair of text.matchAll(/[\u{10000}-\u{10ffff}]/gu)) length -= pair[0].length - 1;
  return length > most;
}

const expressions = new Map<string, RegExp>();

function expressionOf(pattern: string): RegExp {
  const expression = expressions.get(pattern) ?? new RegExp(pattern, 'u');
  expressions.set(pattern, expression);
  return expression;
}

const mustBe = say('must be {expected}', 'ska vara {expected}', 'not-of-kind');
const mustBeOneOf = say('must be one of {words}', 'ska vara ett av {words}', 'not-a-choice');
const mustNotBeEmpty = say('must not be empty', 'får inte vara tomt', 'empty');
const mustBeShorter = say('must be at most {most} characters', 'får vara högst {most} tecken', 'too-long');
const mustBeAtLeast = say('must be at least {least}', 'ska vara minst {least}', 'too-small');
const mustBeAtMost = say('must be at most {most}', 'får vara högst {most}', 'too-large');
