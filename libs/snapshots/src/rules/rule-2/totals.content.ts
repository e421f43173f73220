import type { Counts, ItemContent, NamedCounts, Totals } from '../../format/snapshot.js';

/** What rule 1 counts, with what is on hold apart from what is not assessed. */
export function withHoldCounts(totals: Totals, items: readonly ItemContent[]): Totals {
  const each = (counts: readonly NamedCounts[], belongs: (item: ItemContent, id: string) => boolean) =>
    counts.map((count) =>
      counted(
        count,
        items.filter((item) => belongs(item, count.id)),
      ),
    );
  return {
    all: counted(totals.all, items),
    byKind: each(totals.byKind, ({ kind }, id) => kind === id),
    byTopItem: each(totals.byTopItem, ({ topItemIds }, id) => topItemIds.includes(id)),
    byBody: each(totals.byBody, ({ concerned, responsible }, id) =>
      [...(concerned?.bodies ?? []), ...responsible].some(({ bodyId }) => bodyId === id),
    ),
  };
}

function counted<C extends Counts>(counts: C, items: readonly ItemContent[]): C {
  const held = items.filter(({ hold }) => hold !== undefined);
  const unasked = held.filter(({ status }) => status === null).length;
  return { ...counts, notAssessed: counts.notAssessed - unasked, onHold: held.length };
}
