import type { Document, DocumentStore, Stored } from '#document-store';
import { isGone, thisProcess } from '#kernel';
import type { Clock, ProcessRef } from '#kernel';
import { LostRace } from './bookkeeping.js';

const collection = 'leases';
const documentId = 'projections';
/** A runner that loses so many races in a row tries again at its next turn. */
const attempts = 5;

interface Runner extends ProcessRef {
  /** It is alive until then, and what it leads is its own: RFC 3339. */
  readonly until: string;
}

/** Who is alive, and who leads what. One document, so that a division changes as a whole. */
interface Division extends Document {
  readonly version: number;
  /** By runner. */
  readonly runners: Readonly<Record<string, Runner>>;
  /** The runner of each projection that has one. */
  readonly leases: Readonly<Record<string, string>>;
}

/**
 * The right to run each projection, for a while at a time. Those who run share the projections fairly: each leads at
 * most the number of projections over the number of runners, rounded up. A projection has one runner.
 */
export class Leases {
  /** Until when what we lead is ours, on the clock of this process, which nobody sets. */
  #ours = -Infinity;

  /**
   * @param runner an id that no other runner has
   * @param milliseconds how long the right lasts unless it is renewed
   */
  constructor(
    private readonly store: DocumentStore,
    private readonly clock: Clock,
    private readonly runner: string,
    private readonly projections: readonly string[],
    private readonly milliseconds: number,
  ) {}

  /** Whether what was taken is surely still ours. Once it is not, nothing may be written until it is taken again. */
  get hold(): boolean {
    return performance.now() < this.#ours;
  }

  /**
   * Gives up what is more than our share, takes what is free up to it, and makes all of it last longer.
   * @returns the projections that we lead
   * @throws LostRace where others kept coming first
   */
  take(): Promise<readonly string[]> {
    return this.#change((division) => {
      const kept = this.#led(division).slice(0, this.#share(division));
      const free = this.projections.filter((name) => division.leases[name] === undefined);
      const led = [...kept, ...free.slice(0, this.#share(division) - kept.length)];
      return withLeases(division, this.runner, led);
    });
  }

  /** Makes what we lead last longer, and changes nothing else. @returns the projections that we lead */
  renew(): Promise<readonly string[]> {
    return this.#change((division) => division);
  }

  /** Whether it is time to take again: somebody has come, gone, or taken what was ours. */
  async isDue(led: readonly string[]): Promise<boolean> {
    const division = this.#withUs(await this.#read());
    const ours = this.#led(division);
    const share = this.#share(division);
    const free = this.projections.some((name) => division.leases[name] === undefined);
    return ours.length > share || (free && ours.length < share) || led.some((name) => !ours.includes(name));
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

  async #change(change: (division: Division) => Division): Promise<readonly string[]> {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const from = performance.now();
      const stored = await this.#read();
      const next = change(this.#withUs(stored));
      if (!(await this.#write(stored, next))) continue;
      this.#ours = from + this.milliseconds;
      return this.#led(next);
    }
    throw new LostRace('the leases');
  }

  #read(): Promise<Stored<Division> | undefined> {
    return this.store.get<Division>(collection, documentId);
  }

  #write(from: Division | undefined, to: Division): Promise<boolean> {
    const { leases, runners } = to;
    const next: Division = { _id: documentId, version: (from?.version ?? 0) + 1, runners, leases };
    return this.store.compareAndSet(collection, next, from?.version);
  }

  /** The division without those that are gone, and with us alive. */
  #withUs(stored: Division | undefined): Division {
    const now = this.clock.now();
    const { leases = {}, runners = {}, version = 0 } = stored ?? {};
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
    };
  }

  #led({ leases }: Division): readonly string[] {
    return this.projections.filter((name) => leases[name] === this.runner);
  }

  #share({ runners }: Division): number {
    return Math.ceil(this.projections.length / Object.keys(runners).length);
  }
}

/** The division in which a runner leads these projections and no others. */
function withLeases(division: Division, runner: string, led: readonly string[]): Division {
  const others = Object.entries(division.leases).filter(([, other]) => other !== runner);
  return { ...division, leases: Object.fromEntries([...others, ...led.map((name) => [name, runner] as const)]) };
}
