import { MongoBulkWriteError } from 'mongodb';
import type { Collection } from 'mongodb';
import { DocumentRefused } from '../document-refused.js';
import type { Document, GuardedWrite } from '../document-store.port.js';
import type { Kept } from './kept.js';
import { duplicateFieldsOf, duplicateKey, isDuplicate, unkeepableOf } from './server-codes.js';

/** How often a document may be removed by others between two looks at it. */
const tries = 3;

/**
 * Replaces whole documents, each where the stored one is older.
 * @returns how many came through
 * @throws DocumentRefused where another unique index than that of `_id` refuses one, or the server never keeps it
 */
export async function replaceAll(documents: Collection<Kept>, writes: readonly GuardedWrite[]): Promise<number> {
  let written = 0;
  for (const round of roundsOf(writes)) {
    let left: readonly GuardedWrite[] = round;
    for (let attempt = 1; left.length > 0; attempt++) {
      if (attempt > tries) throw refusedByIndex(documents, left[0]!.document._id);
      const { came, taken } = await replaceOrInsert(documents, left);
      const settled = await replaceTaken(documents, taken);
      written += came + settled.came;
      left = settled.missing;
    }
  }
  return written;
}

/**
 * Inserts a document.
 * @returns whether there was none of that `_id`
 * @throws DocumentRefused where another unique index than that of `_id` refuses it, or the server never keeps it
 */
export async function inserts(documents: Collection<Kept>, document: Kept): Promise<boolean> {
  try {
    await documents.insertOne(document);
    return true;
  } catch (error) {
    if (!isDuplicate(error)) throw asRefusal(documents, error, [document]);
    const fields = duplicateFieldsOf(error);
    if (fields?.join() === '_id' || (await presentOf(documents, [document._id])).has(document._id)) return false;
    throw refusedByIndex(documents, document._id);
  }
}

/**
 * Replaces a document of that version.
 * @returns whether there was one
 * @throws DocumentRefused where a unique index refuses it, or the server never keeps it
 */
export async function replacesVersion(documents: Collection<Kept>, document: Kept, version: number): Promise<boolean> {
  try {
    const { matchedCount } = await documents.replaceOne({ _id: document._id, version }, document);
    return matchedCount === 1;
  } catch (error) {
    throw isDuplicate(error) ? refusedByIndex(documents, document._id) : asRefusal(documents, error, [document]);
  }
}

/** Parts of the writes that hold no document twice, so that the server may take each part in any order. */
function roundsOf(writes: readonly GuardedWrite[]): GuardedWrite[][] {
  const rounds: GuardedWrite[][] = [];
  const seen = new Map<string, number>();
  for (const write of writes) {
    const round = seen.get(write.document._id) ?? 0;
    seen.set(write.document._id, round + 1);
    (rounds[round] ??= []).push(write);
  }
  return rounds;
}

/** @returns how many came through, and those that a unique index refused, in all likelihood that of `_id` */
async function replaceOrInsert(
  documents: Collection<Kept>,
  writes: readonly GuardedWrite[],
): Promise<{ came: number; taken: GuardedWrite[] }> {
  try {
    const { matchedCount, upsertedCount } = await documents.bulkWrite(replacements(writes, true), { ordered: false });
    return { came: matchedCount + upsertedCount, taken: [] };
  } catch (failure) {
    const error = asRefusal(documents, failure, documentsOf(writes));
    if (!(error instanceof MongoBulkWriteError) || error.result.getWriteConcernError()) throw error;
    const failed = [error.writeErrors].flat();
    if (failed.length === 0 || !failed.every(({ code }) => code === duplicateKey)) throw error;
    const { matchedCount, upsertedCount } = error.result;
    return { came: matchedCount + upsertedCount, taken: failed.map(({ index }) => writes[index]!) };
  }
}

/**
 * Replaces those that were there: the guard refused them, or somebody made them while we did. The guard alone now says
 * which.
 * @returns how many came through, and those that are not there after all
 */
async function replaceTaken(
  documents: Collection<Kept>,
  taken: readonly GuardedWrite[],
): Promise<{ came: number; missing: readonly GuardedWrite[] }> {
  if (taken.length === 0) return { came: 0, missing: [] };
  const { matchedCount: came } = await replaceGuarded(documents, taken);
  if (came === taken.length) return { came, missing: [] };
  // What refused them is not told in one way by all servers: so it is looked up, not guessed.
  const present = await presentOf(
    documents,
    taken.map(({ document }) => document._id),
  );
  return { came, missing: taken.filter(({ document }) => !present.has(document._id)) };
}

async function replaceGuarded(
  documents: Collection<Kept>,
  writes: readonly GuardedWrite[],
): Promise<{ readonly matchedCount: number }> {
  try {
    return await documents.bulkWrite(replacements(writes, false), { ordered: false });
  } catch (error) {
    const refused = error instanceof MongoBulkWriteError && [error.writeErrors].flat()[0];
    if (!refused || refused.code !== duplicateKey) throw asRefusal(documents, error, documentsOf(writes));
    throw refusedByIndex(documents, writes[refused.index]!.document._id);
  }
}

async function presentOf(documents: Collection<Kept>, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await documents.find({ _id: { $in: [...ids] } }, { projection: { _id: 1 } }).toArray();
  return new Set(found.map(({ _id }) => _id));
}

const refusedByIndex = (documents: Collection<Kept>, id: string): DocumentRefused =>
  new DocumentRefused(documents.collectionName, id, "is refused by a unique index that is not one of Spårbar's");

const documentsOf = (writes: readonly GuardedWrite[]): Document[] => writes.map(({ document }) => document);

/** The refusal that a failure tells of, by the document's id and the server's code; else the failure as it is. */
function asRefusal(documents: Collection<Kept>, failure: unknown, sent: readonly Document[]): unknown {
  const unkeepable = unkeepableOf(failure);
  const refused = unkeepable && sent[unkeepable.index];
  if (!refused) return failure;
  const reason = `is never kept by the server (code ${String(unkeepable.code)})`;
  return new DocumentRefused(documents.collectionName, refused._id, reason);
}

function replacements(writes: readonly GuardedWrite[], upsert: boolean) {
  return writes.map(({ document, position }) => ({
    replaceOne: {
      filter: { _id: document._id, _position: { $lt: position } },
      replacement: { ...document, _position: position },
      upsert,
    },
  }));
}
