import { addTo } from '#kernel';
import type { Counts, ItemContent, NamedCounts, Totals } from '../../format/snapshot.js';

/** What rule 1 counts, with what is on hold apart from what is not assessed. */
export function withHoldCounts(totals: Totals, items: readonly ItemContent[]): Totals {
  const each = (counts: readonly NamedCounts[], idsOf: (item: ItemContent) => readonly string[]) => {
    const belonging = new Map<string, ItemContent[]>();
    for (const item of items) for (const id of new Set(idsOf(item))) addTo(belonging, id, item);
    return counts.map((count) => counted(count, belonging.get(count.id) ?? []));
  };
  return {
    all: counted(totals.all, items),
    byKind: each(totals.byKind, ({ kind }) => [kind]),
    byTopItem: each(totals.byTopItem, ({ topItemIds }) => topItemIds),
    byBody: each(totals.byBody, ({ concerned, responsible }) =>
      [...(concerned?.bodies ?? []), ...responsible].map(({ bodyId }) => bodyId),
    ),
  };
}

function counted<C extends Counts>(counts: C, items: readonly ItemContent[]): C {
  const held = items.filter(({ hold }) => hold !== undefined);
  const unasked = held.filter(({ status }) => status === null).length;
  return { ...counts, notAssessed: counts.notAssessed - unasked, onHold: held.length };
}
