import { noDay, untilAfter } from '#projecting';
import type { Until } from '#projecting';
import { evolve, isOwners, unadopted } from '../../item.js';
import type { AdoptedItem } from '../../item.js';
import type { Fact } from './facts.js';
import type { CountedThen, StoodItem } from './item-documents.js';
import { listed } from './listed-item.js';
import { newestLevel, noJudgements, withJudgement } from './owners-judgements.js';

/**
 * How far what is told of an item reaches after one more fact of it. Of one that was cancelled, its facts tell of any day how it
 * is, also where it is adopted anew.
 */
export function reachAfter(known: Until | undefined, { effectiveOn, recordedAt, type }: ReachOf): Until {
  return untilAfter(known, { effectiveOn: type === 'ItemCancelled' ? noDay : effectiveOn, recordedAt });
}

type ReachOf = Pick<Fact, 'effectiveOn' | 'recordedAt' | 'type'>;

/**
 * An item as it stands after one more fact: of all that were recorded, or of those that a moment sees.
 * @typeParam Item how much of it is kept
 * @throws Error where the item was not adopted before
 */
export function standingAfter<Item extends CountedThen = StoodItem>(
  document: Item | undefined,
  fact: Fact,
  tenant: string,
): Item {
  const { data, revision, type } = fact;
  const reach = reachAfter(document, fact);
  if ('assessmentId' in data && document) {
    if (!isOwners(data)) return { ...document, ...reach, revision };
    const owners = withJudgement(document.owners, fact);
    const { level, scale } = newestLevel(owners) ?? { level: null, scale: null };
    return { ...document, owners, level, scale, ...reach, revision };
  }
  const nobodys = { status: 'adopted', assessments: [], withdrawn: [] };
  // Of what is counted alone, only successors have to be there for more to be said of them.
  const known = document ? ({ successors: [], ...document, ...nobodys } as unknown as AdoptedItem) : unadopted;
  const item = evolve(known, fact);
  if (item.status === 'unadopted') throw new Error(`${data.itemId} was not adopted before ${type}`);
  const { level = null, owners = noJudgements, scale = null } = type === 'ItemAdopted' ? {} : (document ?? {});
  const shown = listed(item, { _id: data.itemId, tenant, level, scale });
  return { ...shown, owners, ...reach, revision } as unknown as Item;
}
