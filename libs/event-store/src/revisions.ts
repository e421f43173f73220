import type { Damage, StoredEvent } from '#kernel';

/** Follows a log from its start, and tells where the revisions of a stream do not begin at 0 or leave one out. */
export class Revisions {
  readonly #newest = new Map<string, number>();

  /** The streams that were met, and the revision that each has come to. */
  get newest(): ReadonlyMap<string, number> {
    return this.#newest;
  }

  /** @returns what is missing before an event; undefined where nothing is */
  follow({ revision, stream }: Pick<StoredEvent<unknown>, 'revision' | 'stream'>): Damage | undefined {
    const awaited = (this.#newest.get(stream) ?? -1) + 1;
    this.#newest.set(stream, revision);
    return revision === awaited ? undefined : { stream, awaited, found: revision };
  }
}
