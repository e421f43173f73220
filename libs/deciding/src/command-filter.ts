import { hash } from 'node:crypto';

/** How many ids one layer takes before the next is begun, so that hardly any other id seems to be among them. */
const idsPerLayer = 5_000;
/** A power of two, so that a place in a layer is a few bits of a hash. */
const bitsPerLayer = 1 << 17;
const placesPerId = 8;

/**
 * Which ids were added, in three bytes each: one that was is always found, one that was not is found once in some
 * thousand times. (A Bloom filter, in layers, so that it grows with what it holds.)
 */
export class CommandFilter {
  readonly #layers: Buffer[];
  #inLast: number;

  /** @param kept what `toJSON` gave */
  constructor({ inLast, layers }: KeptFilter = { layers: [], inLast: idsPerLayer }) {
    this.#layers = layers.map((layer) => Buffer.from(layer, 'base64'));
    this.#inLast = inLast;
  }

  add(id: string): void {
    if (this.#inLast === idsPerLayer) {
      this.#layers.push(Buffer.alloc(bitsPerLayer / 8));
      this.#inLast = 0;
    }
    this.#inLast++;
    const layer = this.#layers.at(-1)!;
    for (const place of placesOf(id)) layer[place >>> 3]! |= 1 << (place & 7);
  }

  mayHold(id: string): boolean {
    if (this.#layers.length === 0) return false;
    const places = placesOf(id);
    return this.#layers.some((layer) => places.every((place) => layer[place >>> 3]! & (1 << (place & 7))));
  }

  /** Its size in memory. */
  get bytes(): number {
    return (this.#layers.length * bitsPerLayer) / 8;
  }

  toJSON(): KeptFilter {
    return { layers: this.#layers.map((layer) => layer.toString('base64')), inLast: this.#inLast };
  }
}

export interface KeptFilter {
  readonly layers: readonly string[];
  readonly inLast: number;
}

function placesOf(id: string): number[] {
  const digest = hash('sha256', id, 'buffer');
  return Array.from({ length: placesPerId }, (_, index) => digest.readUInt32LE(index * 4) & (bitsPerLayer - 1));
}
