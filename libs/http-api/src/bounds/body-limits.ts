const megabyte = 1024 * 1024;

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

/** What every route takes that says nothing of it. */
export const usualLimits: BodyLimits = {
  bytes: 4 * megabyte,
  keys: 20_000,
  depth: 16,
  items: 1_000,
  allItems: 20_000,
};
