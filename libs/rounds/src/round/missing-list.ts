import { digestOf } from '#kernel';

/** A body that is not ready, and the items in scope that it has not assessed. */
export interface Lacking {
  readonly bodyId: string;
  readonly itemIds: readonly string[];
}

/** What bodies lack, in numbers. */
export interface LackingCounts {
  /** How many bodies are not ready. */
  bodies: number;
  /** How many assessments they lack together. */
  items: number;
  /** How many each of them lacks; of very many bodies the first alone. */
  byBody: { bodyId: string; items: number }[];
  /** SHA-256 of the list as canonical JSON, each body's items in the order of their ids. */
  digest: string;
  /** How many events right before the one that counts hold the list; 0 where that holds it itself. */
  parts: number;
}

/** A part of a list: some of the items, and which of them each body lacks, from one place among them to another, both counted in. */
export interface MissingPart {
  part: number;
  of: number;
  digest: string;
  items: string[];
  bodies: { bodyId: string; items: [from: number, to: number][] }[];
}

/** An event says of so many bodies how many items each lacks. */
export const mostBodiesCounted = 200;
/** A list of no more bodies and items stands in the event itself: some eight kilobytes. */
const shortList = 100;
/** So many items stand in one part. */
const itemsInPart = 500;
/** So much of a list, as JSON, fits into one append beside the events' own metadata. */
const mostListed = 700_000;

/**
 * How a list is recorded: in the event that counts, where it is short, and else in parts of their own before it, in the same
 * append. A list that no append would take is told by its numbers and its digest alone.
 */
export function recordable(list: readonly Lacking[]): {
  readonly parts: readonly MissingPart[];
  readonly told: { missing: { bodyId: string; itemIds: string[] }[]; lacking: LackingCounts };
} {
  const lacking = countsOf(list);
  if (lacking.bodies + lacking.items <= shortList) {
    const missing = list.map(({ bodyId, itemIds }) => ({ bodyId, itemIds: [...itemIds] }));
    return { parts: [], told: { missing, lacking } };
  }
  const items = [...new Set(list.flatMap(({ itemIds }) => itemIds))];
  const all = JSON.stringify(items).length <= mostListed ? partsOf(list, items, lacking.digest) : [];
  const parts = JSON.stringify(all).length <= mostListed ? all : [];
  return { parts, told: { missing: [], lacking: { ...lacking, parts: parts.length } } };
}

export function countsOf(list: readonly Lacking[]): LackingCounts {
  const counted = list.map(({ bodyId, itemIds }) => ({ bodyId, items: itemIds.length }));
  return {
    bodies: counted.length,
    items: counted.reduce((sum, { items }) => sum + items, 0),
    byBody: counted.slice(0, mostBodiesCounted),
    digest: digestOf(list.map(sorted)),
    parts: 0,
  };
}

/**
 * The list that an event counts.
 * @param before its parts, or all that came before it in its stream
 * @returns where the list was too long for the log, the bodies that are counted, without items
 */
export function missingList(
  { lacking: { byBody, parts }, missing }: { missing: readonly Lacking[]; lacking: LackingCounts },
  before: readonly Pick<MissingPart, 'bodies' | 'items'>[],
): readonly Lacking[] {
  if (missing.length > 0) return missing;
  if (parts === 0) return byBody.map(({ bodyId }) => ({ bodyId, itemIds: [] }));
  const list = new Map<string, string[]>();
  for (const { bodies, items } of before.slice(-parts)) {
    for (const { bodyId, items: ranges } of bodies) {
      const itemIds = list.get(bodyId) ?? [];
      for (const [from, to] of ranges) itemIds.push(...items.slice(from, to + 1));
      list.set(bodyId, itemIds);
    }
  }
  return [...list].map(([bodyId, itemIds]) => ({ bodyId, itemIds }));
}

/** The first part names every body, in the order of the list. Items stand in the order in which the list names them first. */
function partsOf(list: readonly Lacking[], items: readonly string[], digest: string): MissingPart[] {
  const placeOf = new Map(items.map((itemId, place) => [itemId, place]));
  const places = list.map(({ bodyId, itemIds }) => ({
    bodyId,
    places: itemIds.map((itemId) => placeOf.get(itemId)!).sort((one, other) => one - other),
  }));
  const of = Math.max(1, Math.ceil(items.length / itemsInPart));
  return Array.from({ length: of }, (_, index): MissingPart => {
    const start = index * itemsInPart;
    const end = start + itemsInPart;
    const bodies = places.map(({ bodyId, places: all }) => ({
      bodyId,
      items: rangesOf(all.filter((place) => place >= start && place < end).map((place) => place - start)),
    }));
    const told = index === 0 ? bodies : bodies.filter(({ items: ranges }) => ranges.length > 0);
    return { part: index + 1, of, digest, items: items.slice(start, end), bodies: told };
  });
}

function rangesOf(places: readonly number[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const place of places) {
    const last = ranges.at(-1);
    if (last && last[1] === place - 1) last[1] = place;
    else ranges.push([place, place]);
  }
  return ranges;
}

const sorted = ({ bodyId, itemIds }: Lacking) => ({ bodyId, itemIds: [...itemIds].sort() });
