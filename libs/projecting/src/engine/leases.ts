import type { DocumentStore, Stored } from '#document-store';
import { isGone, thisProcess } from '#kernel';
import type { Clock } from '#kernel';
import { FairDivision } from './division.js';
import type { Division } from './division.js';
import { LostRace } from './lost-race.js';

const collection = 'leases';
const documentId = 'partitions';
/** A runner that loses so many races in a row tries again at its next turn. */
const attempts = 5;

/**
 * The right to run each partition, for a while at a time. Those who run share the partitions by their weight: the heaviest
 * that is free goes to whoever has least to do, and one that is led is given up only where that is worth it. A partition
 * has one runner.
 */
export class Leases {
  /** Until when what we lead is ours, on the clock of this process, which nobody sets. */
  #ours = -Infinity;
  readonly #names: readonly string[];

  /**
   * @param runner an id that no other runner has
   * @param milliseconds how long the right lasts unless it is renewed
   */
  constructor(
    private readonly store: DocumentStore,
    private readonly clock: Clock,
    private readonly runner: string,
    partitions: readonly number[],
    private readonly milliseconds: number,
  ) {
    this.#names = partitions.map(String);
  }

  /** Whether what was taken is surely still ours. Once it is not, nothing may be written until it is taken again. */
  get hold(): boolean {
    return performance.now() < this.#ours;
  }

  /**
   * Gives up what is more than our share, takes what is free up to it, and makes all of it last longer.
   * @returns the partitions that we lead
   * @throws LostRace where others kept coming first
   */
  take(): Promise<readonly number[]> {
    return this.#change((division) => withLeases(division, this.runner, this.#shareIn(division)));
  }

  /**
   * Makes what we lead last longer, and changes nothing else.
   * @param weights how much work each of the partitions that we lead has been lately
   * @returns the partitions that we lead
   */
  renew(weights: ReadonlyMap<number, number> = new Map()): Promise<readonly number[]> {
    return this.#change((division) => ({
      ...division,
      weights: { ...division.weights, ...Object.fromEntries(weights) },
    }));
  }

  /** Whether it is time to take again: somebody has come, gone, or taken what was ours, or the work has shifted. */
  async isDue(led: readonly number[]): Promise<boolean> {
    const division = this.#withUs(await this.#read());
    const ours = this.#led(division);
    const share = this.#shareIn(division);
    return String(ours) !== String(share) || led.some((partition) => !ours.includes(String(partition)));
  }

  /** Lets the others have it all at once. */
  async release(): Promise<void> {
    this.#ours = -Infinity;
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const stored = await this.#read();
      if (!stored?.runners[this.runner]) return;
      const { [this.runner]: _, ...runners } = stored.runners;
      if (await this.#write(stored, withLeases({ ...stored, runners }, this.runner, []))) return;
    }
  }

  async #change(change: (division: Division) => Division): Promise<readonly number[]> {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const from = performance.now();
      const stored = await this.#read();
      const next = change(this.#withUs(stored));
      if (!(await this.#write(stored, next))) continue;
      this.#ours = from + this.milliseconds;
      return this.#led(next).map(Number);
    }
    throw new LostRace('the leases');
  }

  #read(): Promise<Stored<Division> | undefined> {
    return this.store.get<Division>(collection, documentId);
  }

  #write(from: Division | undefined, to: Division): Promise<boolean> {
    const { leases, runners, weights } = to;
    const next: Division = { _id: documentId, version: (from?.version ?? 0) + 1, runners, leases, weights };
    return this.store.compareAndSet(collection, next, from?.version);
  }

  /** The division without those that are gone, and with us alive. */
  #withUs(stored: Division | undefined): Division {
    const now = this.clock.now();
    const { leases = {}, runners = {}, version = 0, weights = {} } = stored ?? {};
    const others = Object.entries(runners).filter(
      ([id, runner]) => id !== this.runner && runner.until > now.toISOString() && !isGone(runner),
    );
    const until = new Date(now.getTime() + this.milliseconds).toISOString();
    const alive = new Set([this.runner, ...others.map(([id]) => id)]);
    // What was ours is ours no more once our own time has passed: another may have led it in between.
    if ((runners[this.runner]?.until ?? '') <= now.toISOString()) alive.delete(this.runner);
    return {
      _id: documentId,
      version,
      runners: Object.fromEntries([...others, [this.runner, { ...thisProcess, until }]]),
      leases: Object.fromEntries(Object.entries(leases).filter(([, runner]) => alive.has(runner))),
      weights,
    };
  }

  #led({ leases }: Division): readonly string[] {
    return this.#names.filter((name) => leases[name] === this.runner);
  }

  /** What we should lead, of what we lead and what is free. */
  #shareIn(division: Division): readonly string[] {
    const share = new Set(new FairDivision(division, this.#names).of(this.runner));
    return this.#names.filter((name) => share.has(name));
  }
}

/** The division in which a runner leads these partitions and no others. */
function withLeases(division: Division, runner: string, led: readonly string[]): Division {
  const others = Object.entries(division.leases).filter(([, other]) => other !== runner);
  return { ...division, leases: Object.fromEntries([...others, ...led.map((name) => [name, runner] as const)]) };
}
