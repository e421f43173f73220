import { swedishSortKey } from '#kernel';
import type { AdoptedItem } from '../../item.js';
import type { ListedItem } from './item-documents.js';

/** An item as lists show it. */
export function listed(
  item: AdoptedItem,
  { _id, level, tenant }: Pick<ListedItem, '_id' | 'tenant' | 'level'>,
): ListedItem {
  const { assessments: _assessments, status: _status, withdrawn: _withdrawn, ...own } = item;
  return { ...own, _id, tenant, level, sortKey: sortKeyOf(item) };
}

/** An item without a number comes after those that have one. */
const sortKeyOf = ({ number, title }: AdoptedItem): string =>
  `${number.value === null ? '~' : swedishSortKey(number.value)} ${swedishSortKey(title.value)}`;
