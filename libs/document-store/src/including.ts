import type { Filter } from './document-store.port.js';

/** A filter with MongoDB's own operator in the place of `$includes`, which is the port's. */
export function withRegex(filter: Filter): object {
  return Object.fromEntries(Object.entries(filter).map(([field, condition]) => [field, translated(condition)]));
}

function translated(condition: unknown): unknown {
  if (Array.isArray(condition)) return (condition as Filter[]).map(withRegex);
  if (typeof condition !== 'object' || condition === null || !('$includes' in condition)) return condition;
  const { $includes: text, ...rest } = condition as { readonly $includes: string };
  return { ...rest, $regex: escaped(text) };
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
