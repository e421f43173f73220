import { BodyTooLarge } from './body-too-large.js';
import type { BodyLimits } from './body-limits.js';

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openObject, openList, closeObject, closeList] = [0x7b, 0x5b, 0x7d, 0x5d];

/**
 * Counts the keys, depth and items of a JSON text while it comes, byte by byte, so that what is too much is never parsed. It
 * checks no grammar: a text that is none is left to the parser, which reads it in time linear in its length.
 */
export class JsonScanner {
  readonly #limits: BodyLimits;
  /** For each list that is open, how many commas it has had; -1 for an object. */
  readonly #open: number[] = [];
  #inText = false;
  #escaped = false;
  #keys = 0;
  #items = 0;

  constructor(limits: BodyLimits) {
    this.#limits = limits;
  }

  /** @throws BodyTooLarge */
  take(chunk: Uint8Array): void {
    for (const byte of chunk) {
      if (this.#escaped) this.#escaped = false;
      else if (this.#inText) {
        if (byte === quote) this.#inText = false;
        else if (byte === backslash) this.#escaped = true;
      } else if (byte === quote) this.#inText = true;
      else if (byte === colon) this.#key();
      else if (byte === comma) this.#item();
      else if (byte === openObject) this.#begin(-1);
      else if (byte === openList) this.#begin(0);
      else if (byte === closeObject || byte === closeList) this.#open.pop();
    }
  }

  #key(): void {
    if (++this.#keys > this.#limits.keys) throw new BodyTooLarge('keys', this.#limits.keys);
  }

  #begin(items: number): void {
    if (this.#open.push(items) > this.#limits.depth) throw new BodyTooLarge('depth', this.#limits.depth);
  }

  #item(): void {
    const list = this.#open.length - 1;
    const commas = this.#open[list];
    if (commas === undefined || commas < 0) return;
    this.#open[list] = commas + 1;
    if (commas + 2 > this.#limits.items) throw new BodyTooLarge('items', this.#limits.items);
    if (++this.#items > this.#limits.allItems) throw new BodyTooLarge('allItems', this.#limits.allItems);
  }
}
