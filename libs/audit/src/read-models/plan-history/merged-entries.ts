import type { Filter } from '#document-store';
import type { PagePart } from '#http-api';
import type { ReadModels } from '#projecting';
import { entriesOfStream, storyEntries } from './plan-history.projection.js';
import type { StoryEntry } from './plan-history.projection.js';

/** So many entries of all streams together are read at a time, and of each at least so many. */
const [together, least] = [200, 10];

/**
 * A part of the entries of several streams, in the order of the log. Of each stream they are read one portion after the other:
 * it costs what lies before the part and in it, and holds a portion of each stream, the smaller the more streams there are.
 * @param filters what is asked for of each stream, by its name
 */
export async function mergedEntries(
  readModels: ReadModels,
  filters: ReadonlyMap<string, Filter>,
  { limit, offset }: PagePart,
): Promise<StoryEntry[]> {
  const portion = Math.max(least, Math.floor(together / filters.size));
  const streams = [...filters].map(([stream, filter]) => inPortions(readModels, stream, filter, portion));
  const heads = await Promise.all(streams.map((entries) => entries.next()));
  const page: StoryEntry[] = [];
  for (let passed = 0; page.length < limit; passed++) {
    const first = earliest(heads);
    if (first === undefined) break;
    const entry = heads[first]!.value as StoryEntry;
    if (passed >= offset) page.push(entry);
    heads[first] = await streams[first]!.next();
  }
  return page;
}

async function* inPortions(
  readModels: ReadModels,
  stream: string,
  filter: Filter,
  portion: number,
): AsyncGenerator<StoryEntry, undefined> {
  for (let _id = entriesOfStream(stream); ;) {
    const entries = await readModels.find(storyEntries, { ...filter, _id }, { sort: { _id: 1 }, limit: portion });
    yield* entries;
    if (entries.length < portion) return undefined;
    _id = { ..._id, $gt: entries.at(-1)!._id };
  }
}

/** The place of the stream whose next entry comes first in the log; undefined where none has one. */
function earliest(heads: readonly IteratorResult<StoryEntry, undefined>[]): number | undefined {
  let first: number | undefined;
  for (const [index, { value }] of heads.entries()) {
    if (value && (first === undefined || value.position < (heads[first]!.value as StoryEntry).position)) first = index;
  }
  return first;
}
