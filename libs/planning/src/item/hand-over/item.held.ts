import type { RecordedFact } from '#kernel';
import type { Held } from '#organisation';
import type { ItemEvent } from '../item.events.js';
import { evolve, isDiscontinued, unadopted } from '../item.js';
import type { AdoptedItem, Item } from '../item.js';
import { isJudgement } from '../item.properties.js';

/**
 * From which days on an item names a body, at a day or after it: as one that answers for it, or that it concerns. One that is
 * given up or cancelled by then names nobody.
 * @param story what was recorded of the item, in the order of its stream
 */
export function namingsOf(story: readonly RecordedFact<ItemEvent>[], bodyId: string, day: string): readonly Held[] {
  const revisions = story.filter((event) => !isJudgement(event));
  const later = revisions.map(({ effectiveOn }) => effectiveOn).filter((on) => on > day);
  return [...new Set([day, ...later])]
    .sort()
    .flatMap((since) => namedOn(since, itemOn(since, revisions), since === day))
    .filter(({ bodies }) => bodies.includes(bodyId));
}

function itemOn(day: string, revisions: readonly RecordedFact<ItemEvent>[]): Item {
  return revisions.filter(({ effectiveOn }) => effectiveOn <= day).reduce<Item>(evolve, unadopted);
}

/** @param isFirst whether also what was said on an earlier day counts from here on */
function namedOn(since: string, item: Item, isFirst: boolean): Held[] {
  if (item.status === 'unadopted' || item.cancelled || isDiscontinued(item, since)) return [];
  const begins = (property: { readonly since: string }) => isFirst || property.since === since;
  const { concerned, responsible } = item;
  const bodies = bodiesOf(concerned.value);
  return [
    ...(begins(responsible) ? [{ since, property: 'responsible' as const, bodies: responsible.value }] : []),
    ...(begins(concerned) ? [{ since, property: 'concerned' as const, bodies }] : []),
  ];
}

const bodiesOf = (concerned: AdoptedItem['concerned']['value']): readonly string[] =>
  concerned !== null && 'bodies' in concerned ? concerned.bodies : [];
