import type { Document } from './document-store.port.js';
import { DocumentRefused } from './document-refused.js';

/** As MongoDB counts, which takes 16 MiB with what goes with a document on its way. */
const mostBytes = 16_000_000;
/** As MongoDB's own limit. The document itself is the first level. */
const mostLevels = 100;
const longestId = 500;

/** Names that mean something else to MongoDB: operators, paths, its own classes, the end of a name. */
const foreignName = /^\$|[.\0]|^_bsontype$/;

/**
 * Keeps out what one store would keep and another would refuse or not give back: names of fields that MongoDB reads as
 * operators or paths, values that JSON has not, and what is too large. What is undefined is left out by every store.
 * @throws DocumentRefused
 */
export function checkPlainJson(collection: string, document: Document): void {
  const fault = faultOfDocument(document);
  if (fault) throw new DocumentRefused(collection, String((document as Partial<Document> | undefined)?._id), fault);
}

function faultOfDocument(document: Document): string | undefined {
  if (!isPlainObject(document)) return 'is no object';
  const { _id: id } = document;
  if (typeof id !== 'string' || id === '' || id.length > longestId || id.includes('\0') || !id.isWellFormed()) {
    return `has an _id that is no text of 1 to ${longestId} characters`;
  }
  const look = new Look();
  const fault = look.faultOf(document, 1);
  if (fault) return String(fault);
  // Only what may be too large is measured.
  return look.mostBytes > mostBytes && bytesOf(document) > mostBytes ? 'is larger than 16 MB' : undefined;
}

/** What is wrong within a document, and the names that lead to it, the innermost first. */
class Fault {
  constructor(
    readonly tell: (path: string) => string,
    readonly names: string[] = [],
  ) {}

  toString(): string {
    return this.tell(this.names.reverse().join('.'));
  }
}

/** Names that were looked at: documents of a collection have the same ones. */
const knownNames = new Set<string>();
const mostKnownNames = 1_000;

function isForeign(name: string): boolean {
  if (knownNames.has(name)) return false;
  if (foreignName.test(name)) return true;
  if (knownNames.size < mostKnownNames) knownNames.add(name);
  return false;
}

class Look {
  /** So many bytes at most, as MongoDB counts them. */
  mostBytes = 0;

  /** What is wrong with a value, or undefined. */
  faultOf(value: unknown, level: number): Fault | undefined {
    this.mostBytes += 20;
    if (typeof value === 'string') this.mostBytes += 3 * value.length;
    if (typeof value === 'number' && !Number.isFinite(value)) return new Fault((path) => `holds ${value} at ${path}`);
    if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') {
      return new Fault((path) => `holds a ${typeof value} at ${path}`);
    }
    if (typeof value !== 'object' || value === null) return undefined;
    if (level > mostLevels) return new Fault(() => `is nested in more than ${mostLevels} levels`);
    return Array.isArray(value) ? this.#faultOfList(value, level) : this.#faultOfObject(value, level);
  }

  #faultOfList(list: readonly unknown[], level: number): Fault | undefined {
    for (let index = 0; index < list.length; index++) {
      const fault = this.faultOf(list[index], level + 1);
      if (fault) return fault;
    }
    return undefined;
  }

  #faultOfObject(object: object, level: number): Fault | undefined {
    if (!isPlainObject(object)) return new Fault((path) => `holds something that is no plain JSON at ${path}`);
    for (const name in object) {
      this.mostBytes += 3 * name.length;
      if (isForeign(name)) return new Fault((path) => `names a field ${JSON.stringify(name)} in ${path || 'itself'}`);
      const fault = this.faultOf((object as Record<string, unknown>)[name], level + 1);
      if (!fault) continue;
      fault.names.push(name);
      return fault;
    }
    return undefined;
  }
}

/** Also one of another realm. Dates, maps and what makes JSON of itself come back as something else. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  if (Object.getPrototypeOf(value) === Object.prototype) return true;
  return Object.prototype.toString.call(value) === '[object Object]' && !('toJSON' in value);
}

/** The bytes of a value in BSON (https://bsonspec.org/spec.html), without those of its type and name. */
function bytesOf(value: unknown): number {
  if (typeof value === 'string') return 5 + Buffer.byteLength(value);
  if (typeof value === 'number') return Number.isInteger(value) && value === (value | 0) ? 4 : 8;
  if (typeof value === 'boolean') return 1;
  if (typeof value !== 'object' || value === null) return 0;
  const isList = Array.isArray(value);
  let bytes = 5;
  for (const [name, inner] of Object.entries(value) as [string, unknown][]) {
    if (inner !== undefined || isList) bytes += 2 + Buffer.byteLength(name) + bytesOf(inner);
  }
  return bytes;
}
