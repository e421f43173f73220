import { addTo, swedishSortKey } from '#kernel';
import type { TimeSlices } from '#kernel';
import type { BodyRef, Counts, ItemContent, LevelContent, NamedCounts, Totals } from '../../format/snapshot.js';
import { byText } from './fact.js';
import type { Frame } from './frame.js';

/** The items in scope, counted by level. */
export async function totalsOf(
  frame: Frame,
  items: readonly ItemContent[],
  tops: readonly string[],
  slices: TimeSlices,
): Promise<Totals> {
  const { names, planId, round } = frame;
  const plan = names.plan(planId)!;
  const scale = names.levels(plan.scale!);
  const named = (id: string, label: string, counted: readonly ItemContent[]): NamedCounts => ({
    id,
    label,
    ...countsOf(counted, scale),
  });
  const below = new Map<string, ItemContent[]>();
  for (const item of items) for (const topId of new Set(item.topItemIds)) addTo(below, topId, item);
  const byTopItem: NamedCounts[] = [];
  for (const topId of tops) {
    await slices.next();
    const { label, title } = names.itemRef(topId);
    byTopItem.push(named(topId, `${label}: ${title}`, below.get(topId) ?? []));
  }
  return {
    all: countsOf(items, scale),
    byKind: [...plan.kinds]
      .filter(({ code }) => round.scope.includes(code))
      .sort((left, right) => left.order - right.order)
      .map(({ code, plural }) =>
        named(
          code,
          plural,
          items.filter(({ kind }) => kind === code),
        ),
      ),
    byTopItem,
    byBody: byBody(items).map(({ body, items: counted }) => named(body.bodyId, body.name, counted)),
  };
}

function byBody(items: readonly ItemContent[]): { body: BodyRef; items: ItemContent[] }[] {
  const bodies = new Map<string, BodyRef>();
  const counted = new Map<string, ItemContent[]>();
  for (const item of items) {
    for (const body of bodiesOf(item)) {
      bodies.set(body.bodyId, body);
      addTo(counted, body.bodyId, item);
    }
  }
  return [...bodies.values()]
    .map((body) => ({ body, items: counted.get(body.bodyId)! }))
    .sort(
      byText(
        ({ body }) => swedishSortKey(body.name),
        ({ body }) => body.bodyId,
      ),
    );
}

/** The bodies that an item concerns or that answer for it, each once. */
function bodiesOf({ concerned, responsible }: ItemContent): BodyRef[] {
  const named = [...(concerned?.bodies ?? []), ...responsible];
  return [...new Map(named.map((body) => [body.bodyId, body])).values()];
}

function countsOf(items: readonly ItemContent[], scale: readonly LevelContent[]): Counts {
  const counted = items.filter(({ lifecycle }) => lifecycle.state !== 'discontinued');
  const levels = [...scale];
  // A level of another scale than the plan's is counted under its own name, after those.
  for (const { status } of counted) {
    if (status && levels.every(({ code }) => code !== status.level.code)) levels.push(status.level);
  }
  return {
    items: items.length,
    notAssessed: counted.filter(({ status }) => status === null).length,
    completed: counted.filter(({ lifecycle }) => lifecycle.state === 'completed').length,
    discontinued: items.length - counted.length,
    levels: levels.map(({ code, label }) => ({
      code,
      label,
      count: counted.filter(({ status }) => status?.level.code === code).length,
    })),
  };
}
