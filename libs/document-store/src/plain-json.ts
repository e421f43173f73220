import type { Document } from './document-store.port.js';
import { DocumentRefused } from './document-refused.js';

/** Names that mean something else to MongoDB: operators, paths, its own classes, the end of a name. */
const foreignName = /^\$|[.\0]|^_bsontype$/;

/**
 * Keeps out what one store would keep and another would not give back: names of fields that MongoDB reads as operators
 * or paths, and values that JSON has not. What is undefined is left out by every store.
 * @throws DocumentRefused
 */
export function checkPlainJson(collection: string, document: Document): void {
  const fault = faultOf(document, '');
  if (fault) throw new DocumentRefused(collection, document._id, fault);
}

function faultOf(value: unknown, path: string): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : `holds ${value} at ${path}`;
  if (typeof value === 'bigint') return `holds a bigint at ${path}`;
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++) {
      const fault = faultOf(value[index], path);
      if (fault) return fault;
    }
    return undefined;
  }
  for (const name in value) {
    if (foreignName.test(name)) return `names a field ${JSON.stringify(name)} in ${path || 'itself'}`;
    const fault = faultOf((value as Record<string, unknown>)[name], path ? `${path}.${name}` : name);
    if (fault) return fault;
  }
  return undefined;
}
