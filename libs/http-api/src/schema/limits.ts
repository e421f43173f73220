import type { Kind } from '#kernel';
import { fieldsOf, rulesOf } from './registry.js';
import type { Described, Shape } from './registry.js';

/** The most that a right request can hold: beyond it, nobody needs to read on. */
export interface Limits {
  /** How deep objects and lists lie in each other; 1 for an object of values. */
  readonly depth: number;
  /** How many names of fields there are in all. */
  readonly keys: number;
  /** How long its longest list is. */
  readonly items: number;
  /** How many items all its lists have together. */
  readonly allItems: number;
  /** How long it is as JSON, with every character escaped and each field on a line of its own. */
  readonly bytes: number;
}

const known = new WeakMap<Described, Limits>();

/** What follows from a request's schema for who reads it. */
export function limitsOf(described: Described): Limits {
  const limits = known.get(described) ?? objectLimits(described);
  known.set(described, limits);
  return limits;
}

/** A name's quotes, colon and comma, and how far a line is indented. */
const beside = 40;
/** Two halves of a character as `\\uD83D\\uDCA9`. */
const bytesOfCharacter = 12;
/** What has a pattern and no length: ids, days, instants, places in the log. */
const longestPattern = 64;

function objectLimits(described: Described): Limits {
  const fields = [...fieldsOf(described)];
  const inner = fields.map(([, { shape }]) => shapeLimits(shape));
  const names = fields.reduce((sum, [name]) => sum + name.length + beside, beside);
  return {
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
    keys: sumOf(inner, 'keys') + Math.min(inner.length, ...mostFieldsOf(described)),
    items: Math.max(0, ...inner.map(({ items }) => items)),
    allItems: sumOf(inner, 'allItems'),
    bytes: names + sumOf(inner, 'bytes'),
  };
}

const sumOf = (inner: readonly Limits[], of: keyof Limits): number => inner.reduce((sum, each) => sum + each[of], 0);

const mostFieldsOf = (described: Described): number[] =>
  rulesOf(described).flatMap(({ schema }) =>
    typeof schema?.['maxProperties'] === 'number' ? schema['maxProperties'] : [],
  );

function shapeLimits(shape: Shape): Limits {
  if (shape.of === 'object') return limitsOf(shape.type());
  if (shape.of === 'value') return { depth: 0, keys: 0, items: 0, allItems: 0, bytes: bytesOfValue(shape.kind) };
  // Whatever JSON can say has no bound of its own.
  if (shape.of !== 'list')
    return { depth: Infinity, keys: Infinity, items: Infinity, allItems: Infinity, bytes: Infinity };
  const each = shapeLimits(shape.each);
  const { max = Infinity } = shape;
  return {
    depth: 1 + each.depth,
    keys: each.keys === 0 ? 0 : max * each.keys,
    items: Math.max(max, each.items),
    allItems: max * (1 + each.allItems),
    bytes: max * (each.bytes + beside),
  };
}

function bytesOfValue({ schema: { enum: words, maxLength, pattern, type } }: Kind): number {
  if (type !== 'string') return beside;
  if (words !== undefined) return bytesOfCharacter * Math.max(...words.map((word) => String(word).length));
  return bytesOfCharacter * (maxLength ?? (pattern === undefined ? Infinity : longestPattern));
}
