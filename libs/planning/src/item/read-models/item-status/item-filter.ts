import type { Filter } from '#document-store';
import { isWithin, sought, wordingOf } from '#kernel';
import type { TextMatch } from '#kernel';
import type { Lifecycle } from '../../item.properties.js';
import { notAssessed } from './item-documents.js';
import type { CountedItem } from './item-documents.js';
import { bodiesOf } from './listed-item.js';

/** Which items of a plan are asked for: those of which all holds that is given. */
export interface ItemFilter {
  /** The code of their kind. */
  readonly kind?: string | undefined;
  readonly number?: string | undefined;
  /** The code of their level; `not-assessed` for those without one. */
  readonly level?: string | undefined;
  readonly lifecycle?: Lifecycle['state'] | undefined;
  /** The item that they lie directly under. */
  readonly parentId?: string | undefined;
  /** Bodies, any of which they concern or which answers for them, and groups that they concern. */
  readonly bodies?: readonly string[] | undefined;
  /** What their title holds. */
  readonly text?: string | undefined;
  /** How it is looked for in that: by its letters where it is left out. */
  readonly match?: TextMatch | undefined;
  /** Those among which they are. */
  readonly among?: ReadonlySet<string> | undefined;
  /** All but these: the store is not asked for that, every item of the plan is looked at. */
  readonly notIds?: readonly string[] | undefined;
}

/** Whether nothing is narrowed. */
export const isEverything = (filter: ItemFilter): boolean =>
  Object.values(filterOf(filter)).every((one) => one === undefined);

/** What narrows, of whatever was given. */
const filterOf = (filter: ItemFilter): ItemFilter => {
  const { among, bodies, kind, level, lifecycle, notIds, number, parentId, text } = filter;
  return { among, bodies, kind, level, lifecycle, notIds, number, parentId, text };
};

/** The same, as the store is asked for the items as they stand. Each way of narrowing has its place in an index. */
export function storeFilter({
  among,
  bodies,
  kind,
  level,
  lifecycle,
  match,
  number,
  parentId,
  text,
}: ItemFilter): Filter {
  const [way, looked] = sought(text ?? '', match);
  const asked = {
    _id: among && { $in: [...among] },
    kind,
    'number.value': number,
    'foundBy.level': level,
    'lifecycle.value.state': lifecycle,
    'parents.value': parentId,
    'foundBy.bodies': bodies?.length === 1 ? bodies[0] : bodies && { $in: bodies },
    [`foundBy.wording.${way}`]: text === undefined ? undefined : { $includes: looked },
  };
  return Object.fromEntries(Object.entries(asked).filter(([, condition]) => condition !== undefined));
}

/** Whether an item is asked for. */
export function isAskedFor(
  item: CountedItem,
  { among, bodies, kind, level, lifecycle, match, notIds, number, parentId, text }: ItemFilter,
): boolean {
  return (
    (among === undefined || among.has(item._id)) &&
    (notIds === undefined || !notIds.includes(item._id)) &&
    (kind === undefined || item.kind === kind) &&
    (number === undefined || item.number.value === number) &&
    (level === undefined || (item.level ?? notAssessed) === level) &&
    (lifecycle === undefined || item.lifecycle.value.state === lifecycle) &&
    (parentId === undefined || item.parents.value.includes(parentId)) &&
    (bodies === undefined || bodiesOf(item).some((id) => bodies.includes(id))) &&
    (text === undefined || isWithin(wordingOf(item.title.value), text, match))
  );
}
