import type { Filter } from '#document-store';
import type { Lifecycle } from '../../item.properties.js';
import { notAssessed } from './item-documents.js';
import type { CountedItem } from './item-documents.js';
import { bodiesOf, wordingOf } from './listed-item.js';

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
  /** What their title holds; capitals do not count. */
  readonly text?: string | undefined;
  /** Those among which they are. */
  readonly among?: ReadonlySet<string> | undefined;
}

/** The same, as the store is asked for the items as they stand. Each way of narrowing has its place in an index. */
export function storeFilter({ among, bodies, kind, level, lifecycle, number, parentId, text }: ItemFilter): Filter {
  const asked = {
    _id: among && { $in: [...among] },
    kind,
    'number.value': number,
    'foundBy.level': level,
    'lifecycle.value.state': lifecycle,
    'parents.value': parentId,
    'foundBy.bodies': bodies?.length === 1 ? bodies[0] : bodies && { $in: bodies },
    'foundBy.wording': text === undefined ? undefined : { $includes: wordingOf(text) },
  };
  return Object.fromEntries(Object.entries(asked).filter(([, condition]) => condition !== undefined));
}

/** Whether an item is asked for. */
export function isAskedFor(
  item: CountedItem,
  { among, bodies, kind, level, lifecycle, number, parentId, text }: ItemFilter,
): boolean {
  return (
    (among === undefined || among.has(item._id)) &&
    (kind === undefined || item.kind === kind) &&
    (number === undefined || item.number.value === number) &&
    (level === undefined || (item.level ?? notAssessed) === level) &&
    (lifecycle === undefined || item.lifecycle.value.state === lifecycle) &&
    (parentId === undefined || item.parents.value.includes(parentId)) &&
    (bodies === undefined || bodiesOf(item).some((id) => bodies.includes(id))) &&
    (text === undefined || wordingOf(item.title.value).includes(wordingOf(text)))
  );
}
