import { addTo } from '#kernel';
import { isWithin } from '#projecting';
import type { Moment } from '#projecting';
import { evolve, isOwners, unadopted } from '../../item.js';
import type { AdoptedItem, Item } from '../../item.js';
import { isJudgement } from '../../item.properties.js';
import { withoutTakenBack } from '../../without-taken-back.js';
import { factsIn } from './facts.js';
import type { Fact } from './facts.js';
import type { ListedItem, TimesOfItemDocument } from './item-documents.js';

/** An item as facts tell it, and the revision of the last of them. */
export interface FoldedItem {
  readonly item: AdoptedItem;
  readonly revision: number;
}

/** The times of each item, in the order of the record. @param documents different ones */
export function timesByItem(
  documents: readonly TimesOfItemDocument[],
): ReadonlyMap<string, readonly TimesOfItemDocument[]> {
  const ofItems = new Map<string, TimesOfItemDocument[]>();
  for (const document of documents) addTo(ofItems, document.itemId, document);
  for (const some of ofItems.values()) some.sort((one, other) => one.nth - other.nth);
  return ofItems;
}

/** The facts of each item, in the order of the record. @param documents different ones */
export const factsByItem = (documents: readonly TimesOfItemDocument[]): ReadonlyMap<string, readonly Fact[]> =>
  new Map(
    [...timesByItem(documents)].map(([itemId, some]) => [itemId, some.flatMap((one) => factsIn(one, itemId, {}))]),
  );

/** Those of some facts that a moment sees: what corrects or withdraws an assessment is seen wherever that is. */
export function seenAt(facts: readonly Fact[], moment: Moment): Fact[] {
  const days = new Map<string, string>();
  return facts.filter((fact) => {
    if (!isJudgement(fact)) return isWithin(fact, moment);
    const { assessmentId } = fact.data;
    if (fact.type === 'ItemAssessed') days.set(assessmentId, fact.effectiveOn);
    return isWithin({ ...fact, effectiveOn: days.get(assessmentId) ?? fact.effectiveOn }, moment);
  });
}

/** Whether facts do not tell as of which day all of them are seen, but for those that are not among them. */
export function lackDays(facts: readonly Fact[]): boolean {
  const made = new Set<string>();
  return facts.some((fact) => {
    if (!isJudgement(fact)) return false;
    if (fact.type === 'ItemAssessed') made.add(fact.data.assessmentId);
    return fact.effectiveOn === '' && !made.has(fact.data.assessmentId);
  });
}

/**
 * An item at a moment, as a replay of its stream tells it.
 * @returns undefined where it was not there at that moment
 */
export function foldedAt(facts: readonly Fact[], moment: Moment): FoldedItem | undefined {
  if (facts[0]?.revision !== 0) return undefined;
  const within = seenAt(facts, moment);
  const told = moment.saidBy === undefined ? within : withoutTakenBack(within);
  const item = told.reduce<Item>(evolve, unadopted);
  return item.status === 'unadopted' || item.cancelled ? undefined : { item, revision: within.at(-1)!.revision };
}

/** The level of the owner's newest assessment, and the version of the scale that it is of; null where there is none. */
export function levelOf({ assessments }: Pick<AdoptedItem, 'assessments'>): Pick<ListedItem, 'level' | 'scale'> {
  const { level, scale } = assessments.findLast(isOwners) ?? { level: null, scale: null };
  return { level, scale };
}
