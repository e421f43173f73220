/** A name that every adapter can give a collection. @throws TypeError */
export function checkedName(collection: string): string {
  if (!/^[a-z0-9][a-z0-9._@-]{0,100}$/.test(collection)) {
    throw new TypeError(`${collection} is no name of a collection: use a–z, 0–9 and . _ @ -`);
  }
  return collection;
}
