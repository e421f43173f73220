import { limitsOf } from '../schema/limits.js';
import type { Described } from '../schema/registry.js';

const kilobyte = 1024;

/** How much a route takes of a body. What is more is refused while it is read. */
export interface BodyLimits {
  readonly bytes: number;
  /** How many names objects have in all, repeated ones counted each time. */
  readonly keys: number;
  /** How many objects and lists lie within each other. */
  readonly depth: number;
  /** How many items each list has. */
  readonly items: number;
  /** How many items all lists have together. */
  readonly allItems: number;
}

/** What no route takes more than, unless it says so. */
export const mostOfBodies: BodyLimits = {
  bytes: 4 * kilobyte * kilobyte,
  keys: 20_000,
  depth: 16,
  items: 1_000,
  allItems: 20_000,
};

/** How much more a body may hold than is right, so that what is wrong with it is told by name. */
export const roomForFaults: BodyLimits = { bytes: 16 * kilobyte, keys: 100, depth: 4, items: 100, allItems: 100 };

const limitNames = Object.keys(mostOfBodies) as (keyof BodyLimits)[];

/** What a route takes: as much as what it asks for can hold, and some more. Without a class it asks for nothing. */
export function bodyLimitsOf(asked: Described | undefined): BodyLimits {
  const right = asked && limitsOf(asked);
  const limits = limitNames.map((name) => [
    name,
    Math.min(mostOfBodies[name], (right?.[name] ?? 0) + roomForFaults[name]),
  ]);
  const { bytes, ...counts } = Object.fromEntries(limits) as unknown as BodyLimits;
  return { bytes: kilobyte * Math.ceil(bytes / kilobyte), ...counts };
}
