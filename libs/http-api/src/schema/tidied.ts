import { fieldsOf } from './registry.js';
import type { Shape } from './registry.js';

/**
 * What a field holds, as it is kept: text without blanks around it, ids in lower case, at every depth. Objects are tidied
 * in place.
 * @param value one that has been found right
 */
export function tidied(shape: Shape, value: unknown): unknown {
  if (value === undefined || value === null) return value;
  if (shape.of === 'value') return typeof value === 'string' ? (shape.kind.tidy?.(value) ?? value) : value;
  if (shape.of === 'list' && shape.apart) return value;
  if (shape.of === 'list') return (value as unknown[]).map((element) => tidied(shape.each, element));
  if (shape.of === 'object') tidyFields(shape.type(), value as Record<string, unknown>);
  return value;
}

/** Tidies all that an object of a described class holds. */
export function tidyFields(described: unknown, fields: Record<string, unknown>): void {
  for (const [name, { shape }] of fieldsOf(described)) fields[name] = tidied(shape, fields[name]);
}
