import type { Condition, Filter } from '#document-store';
import type { PagePart } from '#http-api';
import { endOfDayInSweden } from '#kernel';
import type { ReadModels } from '#projecting';
import { ordinalOf, placeId, placesOfChanges, planChanges } from './plan-changes.projection.js';
import type { ChangesOfPlan, PlaceOfChange } from './plan-changes.projection.js';

/** The changes of a plan between two instants. */
export interface ChangesBetween {
  readonly total: number;
  /** Those that were asked for, in the order of the record. */
  readonly places: readonly PlaceOfChange[];
}

/**
 * Finds the changes that were recorded after one instant and up to another. The ends are looked up, what lies between is
 * counted by its numbers, and only the places that were asked for are read.
 */
export async function changesBetween(
  readModels: ReadModels,
  { planId, tenant }: { readonly planId: string; readonly tenant: string },
  [from, to]: readonly [from: string, to: string],
  { limit, offset }: PagePart,
): Promise<ChangesBetween> {
  const plan = await readModels.get(planChanges, planId);
  if (plan?.tenant !== tenant) return { total: 0, places: [] };
  const [start, end] = await Promise.all([endOf(readModels, plan, from), endOf(readModels, plan, to)]);
  // Where a clock was behind, a change comes later than its instant says.
  const passed = start.belated.filter((ordinal) => ordinal < end.ordinal);
  const added = end.belated.filter((ordinal) => !start.belated.includes(ordinal));
  const total = end.ordinal - start.ordinal - passed.length + added.length;
  const wanted = Array.from({ length: Math.max(0, Math.min(limit, total - offset)) }, (_, index) => offset + index);
  const ids = wanted.map((nth) => placeId(planId, nthOf(nth, start.ordinal, end.ordinal, passed, added)));
  const places = await readModels.getMany(placesOfChanges, ids);
  return { total, places: [...places].sort((left, right) => ordinalOf(left) - ordinalOf(right)) };
}

/** The same of those alone that had been said by a day: it costs what the window holds. @param day ISO day */
export async function changesSaidBy(
  readModels: ReadModels,
  { planId, tenant }: { readonly planId: string; readonly tenant: string },
  [from, to]: readonly [from: string, to: string],
  day: string,
  { limit, offset }: PagePart,
): Promise<ChangesBetween> {
  const plan = await readModels.get(planChanges, planId);
  if (plan?.tenant !== tenant) return { total: 0, places: [] };
  const unattested = { said: { $exists: false }, ...recorded({ $lte: endOfDayInSweden(day) }) };
  const saidBy: Filter = {
    planId,
    by: { $gt: from },
    $and: [recorded({ $gt: from, $lte: to }), { $or: [{ said: { $lte: day } }, unattested] }],
  };
  const [total, places] = await Promise.all([
    readModels.count(placesOfChanges, saidBy),
    readModels.find(placesOfChanges, saidBy, { sort: { _id: 1 }, skip: offset, limit }),
  ]);
  return { total, places };
}

/** When changes were recorded, as the store is asked for them. */
const recorded = (limits: Condition): Filter => ({
  $or: [{ recordedAt: limits }, { recordedAt: { $exists: false }, by: limits }],
});

/** The nth of the numbers from one to another, but for those that are passed over, and then of those that are added. */
function nthOf(nth: number, start: number, end: number, passed: readonly number[], added: readonly number[]): number {
  let ordinal = start + nth;
  for (const one of passed) if (one <= ordinal) ordinal++;
  return ordinal < end ? ordinal : added[ordinal - end]!;
}

/**
 * How many changes there are up to the first that the log may have learnt after an instant; and which come after that though
 * they bear the instant or an older one, in their order.
 */
async function endOf(
  readModels: ReadModels,
  { _id: planId, changes, latest }: ChangesOfPlan,
  instant: string,
): Promise<{ readonly ordinal: number; readonly belated: readonly number[] }> {
  const after = { planId, by: { $gt: instant } };
  const [first] = await readModels.find(placesOfChanges, after, { sort: { by: 1, _id: 1 }, limit: 1 });
  const ordinal = first ? ordinalOf(first) : changes;
  if (latest === 0 || !first) return { ordinal, belated: [] };
  const lastOfBelated = new Date(Date.parse(instant) + latest).toISOString();
  const near = await readModels.find(
    placesOfChanges,
    { planId, by: { $gt: instant, $lte: lastOfBelated } },
    { sort: { by: 1, _id: 1 } },
  );
  return {
    ordinal,
    belated: near.filter(({ recordedAt }) => recordedAt !== undefined && recordedAt <= instant).map(ordinalOf),
  };
}
