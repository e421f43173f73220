import { isWithin } from '#projecting';
import type { Moment } from '#projecting';
import { evolve, isOwners, unadopted } from '../../item.js';
import type { AdoptedItem, Item } from '../../item.js';
import { isJudgement } from '../../item.properties.js';
import { factsIn } from './facts.js';
import type { Fact, Facts } from './facts.js';

/** An item as facts tell it, and the revision of the last of them. */
export interface FoldedItem {
  readonly item: AdoptedItem;
  readonly revision: number;
}

/** Documents that keep facts of items. */
type FactsOfItem = Facts & { readonly itemId: string };

/** The facts of each item, in the order of the record, each once. */
export function factsByItem(documents: readonly FactsOfItem[]): ReadonlyMap<string, readonly Fact[]> {
  const found = new Map<string, Map<number, Fact>>();
  for (const document of documents) {
    const { itemId } = document;
    if (!found.has(itemId)) found.set(itemId, new Map());
    const known = found.get(itemId)!;
    for (const fact of factsIn(document, itemId)) known.set(fact.revision, fact);
  }
  const inOrder = (facts: Iterable<Fact>) => [...facts].sort((one, other) => one.revision - other.revision);
  return new Map([...found].map(([itemId, facts]) => [itemId, inOrder(facts.values())]));
}

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
 * @returns undefined where the stream had not begun at that moment
 */
export function foldedAt(facts: readonly Fact[], moment: Moment): FoldedItem | undefined {
  const [first] = facts;
  if (first?.revision !== 0 || !isWithin(first, moment)) return undefined;
  const within = seenAt(facts, moment);
  const item = within.reduce<Item>(evolve, unadopted);
  return item.status === 'unadopted' ? undefined : { item, revision: within.at(-1)!.revision };
}

/** The level of the owner's newest assessment; null where there is none. */
export const levelOf = ({ assessments }: Pick<AdoptedItem, 'assessments'>): string | null =>
  assessments.findLast(isOwners)?.level ?? null;
