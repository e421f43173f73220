import { isAlias, isMap, isNode, isScalar, isSeq } from 'yaml';
import type { Document, Pair, ParsedNode, YAMLMap } from 'yaml';
import type { Path } from './path.js';

/** Where values and names stand in a document: each map is gone through once, however often it is asked for. */
export class YamlPlaces {
  readonly #pairs = new WeakMap<YAMLMap, ReadonlyMap<string, Pair>>();

  constructor(private readonly document: Document.Parsed) {}

  /** Where a value begins, or the nearest around it that there is. */
  value(path: Path): number {
    let node: unknown = this.document.contents;
    let nearest = node;
    for (const step of path) {
      node = this.#within(node, step);
      if (!isNode(node)) break;
      if (!isAlias(node)) nearest = node;
    }
    return (nearest as ParsedNode | null)?.range?.[0] ?? 0;
  }

  /** Where the name of a property begins; where there is none, what is nearest. */
  name(path: Path): number {
    let node: unknown = this.document.contents;
    for (const step of path.slice(0, -1)) node = this.#within(node, step);
    const pair = isMap(node) ? this.#pairsOf(node).get(String(path.at(-1))) : undefined;
    return (isNode(pair?.key) && pair.key.range?.[0]) || this.value(path);
  }

  #within(node: unknown, step: string | number): unknown {
    if (isMap(node)) return this.#pairsOf(node).get(String(step))?.value;
    return isSeq(node) ? node.items[Number(step)] : undefined;
  }

  #pairsOf(map: YAMLMap): ReadonlyMap<string, Pair> {
    const known = this.#pairs.get(map);
    if (known) return known;
    const pairs = new Map<string, Pair>();
    for (const pair of map.items) {
      const name = isScalar(pair.key) ? String(pair.key.value) : undefined;
      if (name !== undefined && !pairs.has(name)) pairs.set(name, pair);
    }
    this.#pairs.set(map, pairs);
    return pairs;
  }
}
