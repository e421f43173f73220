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
}

const none: Limits = { depth: 0, keys: 0, items: 0 };
const known = new WeakMap<Described, Limits>();

/** What follows from a request's schema for who reads it. */
export function limitsOf(described: Described): Limits {
  const limits = known.get(described) ?? objectLimits(described);
  known.set(described, limits);
  return limits;
}

function objectLimits(described: Described): Limits {
  const inner = [...fieldsOf(described).values()].map(({ shape }) => shapeLimits(shape));
  return {
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
    keys: inner.reduce((sum, { keys }) => sum + keys, Math.min(inner.length, ...mostFieldsOf(described))),
    items: Math.max(0, ...inner.map(({ items }) => items)),
  };
}

const mostFieldsOf = (described: Described): number[] =>
  rulesOf(described).flatMap(({ schema }) =>
    typeof schema?.['maxProperties'] === 'number' ? schema['maxProperties'] : [],
  );

function shapeLimits(shape: Shape): Limits {
  if (shape.of === 'object') return limitsOf(shape.type());
  if (shape.of !== 'list') return none;
  const each = shapeLimits(shape.each);
  const { max = 0 } = shape;
  return { depth: 1 + each.depth, keys: max * each.keys, items: Math.max(max, each.items) };
}
