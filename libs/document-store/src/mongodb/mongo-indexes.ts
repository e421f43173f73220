import { MongoServerError } from 'mongodb';
import type { Collection, IndexDescriptionInfo } from 'mongodb';
import type { IndexDefinition } from '../document-store.port.js';
import type { Kept } from './kept.js';
import { isNoCollection } from './mongo-errors.js';

/** Where several processes make and replace the same indexes, one of them may find that what it saw is no more. */
const tries = 5;

const seenTooLate: readonly (string | number | undefined)[] = [
  27, // IndexNotFound
  85, // IndexOptionsConflict
  86, // IndexKeySpecsConflict
  276, // IndexBuildAborted
  12_587, // BackgroundOperationInProgressForNamespace
];

type Keys = Readonly<Record<string, 1>>;

/** An index as the server lists it. */
type NamedIndex = IndexDescriptionInfo & { readonly name: string; readonly collation?: object };

/**
 * Makes an index that is missing. One that has its name or its keys and is something else is replaced: a unique one
 * would refuse documents, a partial one would not be used, one that expires would remove them.
 */
export async function ensureIndex(collection: Collection<Kept>, { fields }: IndexDefinition): Promise<void> {
  const keys: Keys = Object.fromEntries(fields.map((field) => [field, 1]));
  for (let attempt = 1; ; attempt++) {
    try {
      return await makeOrReplace(collection, keys);
    } catch (error) {
      const again = error instanceof MongoServerError && seenTooLate.includes(error.code) && attempt < tries;
      if (!again) throw error;
    }
  }
}

async function makeOrReplace(collection: Collection<Kept>, keys: Keys): Promise<void> {
  const name = nameOf(keys);
  const present = await indexesOf(collection);
  const inTheWay = present.filter((index) => (index.name === name || sameKeys(index, keys)) && !isPlain(index, keys));
  for (const index of inTheWay) await collection.dropIndex(index.name);
  if (inTheWay.length === 0 && present.some((index) => sameKeys(index, keys))) return;
  await collection.createIndex(keys, { name });
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

/** Whether an index is on these keys, and holds every document and allows any. */
function isPlain(index: NamedIndex, keys: Keys): boolean {
  const { collation, expireAfterSeconds, hidden, partialFilterExpression, sparse, unique } = index;
  const narrowed = collation ?? partialFilterExpression ?? expireAfterSeconds;
  return sameKeys(index, keys) && !unique && !sparse && !hidden && narrowed === undefined;
}
