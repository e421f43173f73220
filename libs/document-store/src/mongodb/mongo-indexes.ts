import type { Collection, IndexDescriptionInfo } from 'mongodb';
import type { IndexDefinition } from '../document-store.port.js';
import type { Kept } from './kept.js';
import { isNoCollection } from './server-codes.js';

type Keys = Readonly<Record<string, 1>>;

/** An index as the server lists it. */
type NamedIndex = IndexDescriptionInfo & { readonly name: string; readonly collation?: object };

/**
 * Makes an index that is missing. One that has its name or its keys and is something else is replaced: a unique one
 * would refuse documents, one that is partial in another way would not be used, one that expires would remove them. One
 * that was made when every document stood in it answers the same, and stays.
 * @throws MongoServerError where the server will not have the index, or others change what was just seen
 */
export async function ensureIndex(collection: Collection<Kept>, { fields }: IndexDefinition): Promise<void> {
  const keys: Keys = Object.fromEntries(fields.map((field) => [field, 1]));
  const name = nameOf(keys);
  const present = await indexesOf(collection);
  const inTheWay = present.filter((index) => (index.name === name || sameKeys(index, keys)) && !isPlain(index, keys));
  for (const index of inTheWay) await collection.dropIndex(index.name);
  if (inTheWay.length === 0 && present.some((index) => sameKeys(index, keys))) return;
  await collection.createIndex(keys, { name, ...sparing(keys) });
}

/**
 * Keeps out the documents that have none of the fields. Every document has an id: where it is one of the fields, those
 * are kept out that lack the first.
 */
function sparing(keys: Keys): { readonly sparse: true } | { readonly partialFilterExpression: object } {
  const [first] = Object.keys(keys);
  return '_id' in keys ? { partialFilterExpression: { [first!]: { $exists: true } } } : { sparse: true };
}

async function indexesOf(collection: Collection<Kept>): Promise<NamedIndex[]> {
  try {
    return (await collection.listIndexes().toArray()) as NamedIndex[];
  } catch (error) {
    if (isNoCollection(error)) return [];
    throw error;
  }
}

const nameOf = (keys: Keys): string =>
  Object.keys(keys)
    .map((field) => `${field}_1`)
    .join('_');

// The order of the keys is part of what an index is.
const sameKeys = ({ key }: IndexDescriptionInfo, keys: Keys): boolean =>
  JSON.stringify(Object.entries(key)) === JSON.stringify(Object.entries(keys));

/** Whether an index is on these keys, and holds every document that has any of them and allows any. */
function isPlain(index: NamedIndex, keys: Keys): boolean {
  const { collation, expireAfterSeconds, hidden, partialFilterExpression, unique } = index;
  const narrowed = collation ?? expireAfterSeconds;
  const { partialFilterExpression: part } = { partialFilterExpression: undefined, ...sparing(keys) };
  const isOurs =
    partialFilterExpression === undefined || JSON.stringify(partialFilterExpression) === JSON.stringify(part);
  return sameKeys(index, keys) && !unique && !hidden && narrowed === undefined && isOurs;
}
