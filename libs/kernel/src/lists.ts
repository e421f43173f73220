/** Adds to the list under a key, which is made where it is missing. */
export function addTo<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/**
 * A part of a list as it would be sorted: a short part of a long list is found without sorting the rest.
 * @param compare tells every two apart
 */
export function sortedPart<Value>(
  list: readonly Value[],
  compare: (one: Value, other: Value) => number,
  { limit, offset }: { readonly limit: number; readonly offset: number },
): Value[] {
  const most = offset + limit;
  if (most * 4 > list.length) return [...list].sort(compare).slice(offset, most);
  const first: Value[] = [];
  for (const value of list) {
    if (first.length === most && (most === 0 || compare(value, first[most - 1]!) > 0)) continue;
    first.splice(first.findLastIndex((one) => compare(one, value) < 0) + 1, 0, value);
    if (first.length > most) first.pop();
  }
  return first.slice(offset);
}
