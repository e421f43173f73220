import { faultIn } from '#kernel';
import { tidied } from './tidied.js';
import { rulesOf } from './registry.js';
import type { ListShape, Shape } from './registry.js';

/**
 * What is wrong with what a field holds, but for the fields of an object, which are asked one by one; undefined where it is
 * right.
 */
export function faultOfShape(shape: Shape, value: unknown): string | undefined {
  if (shape.of === 'value') return faultIn(shape.kind, value);
  if (shape.of === 'list') return faultOfList(shape, value);
  if (shape.of === 'json') return undefined;
  if (!isObject(value)) return 'must be an object';
  return shape.of === 'object' ? rulesOf(shape.type()).find(({ holds }) => !holds(value))?.says : undefined;
}

function faultOfList(shape: ListShape, value: unknown): string | undefined {
  const fault = faultOfLength(shape, value);
  if (fault !== undefined) return fault;
  if (shape.apart) return undefined;
  const list = value as unknown[];
  for (const element of list) {
    const inner = faultOfShape(shape.each, element);
    if (inner !== undefined) return shape.each.of === 'value' ? `each ${inner}` : inner;
  }
  const isRepeated = shape.unique && new Set(list.map((element) => tidied(shape.each, element))).size < list.length;
  return isRepeated ? 'must not name one twice' : undefined;
}

/** What is wrong with a list before anybody looks into it. */
export function faultOfLength({ max, min }: ListShape, value: unknown): string | undefined {
  if (!Array.isArray(value)) return 'must be a list';
  if (value.length < min) return `must hold at least ${min}`;
  return max !== undefined && value.length > max ? `must hold at most ${max}` : undefined;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
