import { Buffer } from 'node:buffer';

/** What a soft delete writes into a stream's metadata: everything before the highest number that there is. */
export const everything = 9223372036854775807n;

/** The stream whose metadata a stream is, as `$$a` is of `a`; undefined for any other stream. */
export const metadataOf = (stream) => (stream.startsWith('$$') ? stream.slice(2) : undefined);

/** What a stream's metadata says of how long its events are kept. */
export class Retention {
  #before = 0;
  #count = Infinity;
  #ageMilliseconds = Infinity;

  /** @param data the bytes of the newest event of the stream's metadata */
  static from(data) {
    const retention = new Retention();
    // The number that a soft delete writes is no safe integer, and compares rightly all the same.
    const { $maxAge, $maxCount, $tb } = JSON.parse(Buffer.from(data).toString());
    if ($tb !== undefined) retention.#before = $tb;
    if ($maxCount !== undefined) retention.#count = $maxCount;
    if ($maxAge !== undefined) retention.#ageMilliseconds = $maxAge * 1_000;
    return retention;
  }

  get deletesAll() {
    return this.#before >= Number(everything);
  }

  /** Those of a stream's events that a read of the stream gives. */
  kept(records) {
    const oldest = Math.max(this.#before, records.length - this.#count);
    const since = Date.now() - this.#ageMilliseconds;
    return records.filter(({ created, revision }) => revision >= oldest && created >= since);
  }
}
