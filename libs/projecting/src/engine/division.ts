import type { Document } from '#document-store';
import type { ProcessRef } from '#kernel';

export interface Runner extends ProcessRef {
  /** It is alive until then, and what it leads is its own: RFC 3339. */
  readonly until: string;
}

/** Who is alive, and who leads what. One document, so that a division changes as a whole. */
export interface Division extends Document {
  readonly version: number;
  /** By runner. */
  readonly runners: Readonly<Record<string, Runner>>;
  /** The runner of each partition that has one. */
  readonly leases: Readonly<Record<string, string>>;
  /** How much work each partition has been lately, told by its runner. */
  readonly weights: Readonly<Record<string, number>>;
}

/** Partitions are moved only where that relieves their runner of more than this part of its load, or the other has none. */
const leastGain = 0.2;
/** What a partition weighs in which nothing happens: idle ones are shared too. */
const idleWeight = 1;

/** A division with nothing free, and as even as it is worth moving partitions for. */
export class FairDivision {
  readonly #leases = new Map<string, string>();
  readonly #runners: readonly string[];

  constructor(
    private readonly division: Pick<Division, 'leases' | 'runners' | 'weights'>,
    partitions: readonly string[],
  ) {
    this.#runners = Object.keys(division.runners).sort();
    for (const partition of partitions) {
      const runner = division.leases[partition];
      if (runner !== undefined) this.#leases.set(partition, runner);
    }
    const free = partitions.filter((partition) => !this.#leases.has(partition));
    for (const partition of this.#heaviestFirst(free)) this.#leases.set(partition, this.#leastLoaded());
  }

  /** What a runner should lead, which may be less than it does, or more, as far as that is free. */
  of(runner: string): readonly string[] {
    const led = this.#led(runner);
    const other = this.#leastLoaded();
    if (other === runner) return led;
    const before = this.#loadOf(runner);
    let [ours, theirs] = [before, this.#loadOf(other)];
    const given = new Set<string>();
    for (const partition of this.#heaviestFirst(led)) {
      const weight = this.#weightOf(partition);
      if (Math.max(ours - weight, theirs + weight) >= ours) continue;
      ours -= weight;
      theirs += weight;
      given.add(partition);
    }
    const isIdle = this.#led(other).length === 0;
    const isWorthIt = isIdle || Math.max(ours, theirs) < before * (1 - leastGain);
    return isWorthIt ? led.filter((partition) => !given.has(partition)) : led;
  }

  #led(runner: string): string[] {
    return [...this.#leases].flatMap(([partition, its]) => (its === runner ? [partition] : [])).sort();
  }

  #leastLoaded(): string {
    return this.#runners.reduce((least, each) => (this.#loadOf(each) < this.#loadOf(least) ? each : least));
  }

  #loadOf(runner: string): number {
    return this.#led(runner).reduce((load, partition) => load + this.#weightOf(partition), 0);
  }

  #weightOf(partition: string): number {
    return idleWeight + (this.division.weights[partition] ?? 0);
  }

  #heaviestFirst(partitions: readonly string[]): string[] {
    return [...partitions].sort((one, other) => this.#weightOf(other) - this.#weightOf(one) || (one < other ? -1 : 1));
  }
}
