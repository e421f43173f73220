import { swedishSortKey, wordingOf } from '#kernel';
import type { AdoptedItem } from '../../item.js';
import { notAssessed, untold } from './item-documents.js';
import type { CountedItem, FoundBy, ItemDocument, ListedItem } from './item-documents.js';
import { newestLevel } from './owners-judgements.js';
import type { OwnersJudgements } from './owners-judgements.js';

/** An item as lists show it. */
export function listed(
  item: AdoptedItem,
  { _id, level, scale, tenant }: Pick<ListedItem, '_id' | 'tenant' | 'level' | 'scale'>,
): ListedItem {
  const { assessments: _assessments, status: _status, withdrawn: _withdrawn, ...own } = item;
  return { ...own, _id, tenant, level, scale, sortKey: sortKeyOf(item) };
}

/** What lists find an item by. @param before it: where its title is the same, so is how it is found by that */
export function foundBy(item: CountedItem, owners: OwnersJudgements, before?: ItemDocument): FoundBy {
  const title = item.title.value;
  const level = newestLevel(owners);
  return {
    bodies: bodiesOf(item),
    level: level === undefined ? untold : (level?.level ?? notAssessed),
    wording: before?.title.value === title ? before.foundBy.wording : wordingOf(title),
  };
}

/** The bodies that an item concerns or that answer for it, and the group where it concerns one. */
export function bodiesOf({ concerned: { value }, responsible }: CountedItem): readonly string[] {
  const named = value === null ? [] : 'groupId' in value ? [value.groupId] : value.bodies;
  return [...new Set([...named, ...responsible.value])];
}

/** An item without a number comes after those that have one. */
const sortKeyOf = ({ number, title }: AdoptedItem): string =>
  `${number.value === null ? '~' : swedishSortKey(number.value)} ${swedishSortKey(title.value)}`;
