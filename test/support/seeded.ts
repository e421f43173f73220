import { randomInt } from 'node:crypto';

const seeds = 1_000_000;

/** Choices that follow from a seed. */
export interface Seeded {
  readonly seed: number;
  /** A whole number from 0 to below so many. */
  below(count: number): number;
  shuffled<Item>(items: readonly Item[]): Item[];
}

/**
 * The chance of a test that kills or freezes: of the seed in `FAULT_SEED`, or of a new one. Either is printed, so that a run
 * that failed can be had again.
 * @param what is left to chance, for whoever reads the output
 */
export function chanceOf(what: string): Seeded {
  const seed = Number(process.env['FAULT_SEED'] || randomInt(seeds));
  process.stderr.write(`FAULT_SEED=${seed} (${what})\n`);
  return seeded(seed);
}

/** @param seed a whole number of 32 bits */
export function seeded(seed: number): Seeded {
  let state = seed | 0;
  // Mulberry32: small, and good enough to choose who is killed next.
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (count: number): number => Math.floor(next() * count);
  return {
    seed,
    below,
    shuffled: (items) => {
      const left = [...items];
      return items.map(() => left.splice(below(left.length), 1)[0]!);
    },
  };
}
