import { TooBusy } from './too-busy.js';

export interface QueueLimits {
  /** How many works are under way at once. One tenant has all of these places but one, so that another finds a place. */
  readonly atOnce: number;
  /** How many of one tenant wait. */
  readonly waiting: number;
  /** How long one waits, in milliseconds. */
  readonly patience: number;
}

/**
 * Lets works of several tenants take turns. Next is a tenant that has the fewest under way, among those the one that was
 * served longest ago, and of its works the one that has waited longest.
 */
export class FairQueue {
  readonly #limits: QueueLimits;
  readonly #share: number;
  readonly #underWay = new Map<string, number>();
  /** By tenant, how many works of whomever had begun when its newest did. */
  readonly #served = new Map<string, number>();
  readonly #lines = new Map<string, (() => void)[]>();
  #all = 0;
  #begun = 0;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
    this.#share = Math.max(1, limits.atOnce - 1);
  }

  /**
   * Does a work in its turn.
   * @param signal of the caller: a work that has not begun when it aborts never does
   * @throws TooBusy where too many wait already, or the turn does not come in time; the signal's reason where it aborts
   */
  async run<Result>(tenant: string, signal: AbortSignal, work: () => Promise<Result>): Promise<Result> {
    signal.throwIfAborted();
    if (this.#mayBegin(tenant)) this.#begin(tenant);
    else await this.#turn(tenant, signal);
    try {
      return await work();
    } finally {
      this.#end(tenant);
    }
  }

  #mayBegin(tenant: string): boolean {
    return this.#all < this.#limits.atOnce && this.#worksOf(tenant) < this.#share;
  }

  #begin(tenant: string): void {
    this.#all++;
    this.#underWay.set(tenant, this.#worksOf(tenant) + 1);
    this.#served.set(tenant, ++this.#begun);
  }

  #end(tenant: string): void {
    this.#all--;
    const left = this.#worksOf(tenant) - 1;
    if (left > 0) this.#underWay.set(tenant, left);
    else this.#underWay.delete(tenant);
    this.#next();
  }

  /** Begins when the turn has come. */
  #turn(tenant: string, signal: AbortSignal): Promise<void> {
    const line = this.#lines.get(tenant) ?? [];
    if (line.length >= this.#limits.waiting) throw new TooBusy();
    this.#lines.set(tenant, line);
    return new Promise((resolve, reject) => {
      const leave = (reason: Error) => {
        settle();
        line.splice(line.indexOf(begin), 1);
        if (line.length === 0 && this.#lines.get(tenant) === line) this.#lines.delete(tenant);
        reject(reason);
      };
      const hangUp = () => leave(signal.reason as Error);
      const timer = setTimeout(() => leave(new TooBusy()), this.#limits.patience);
      const settle = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', hangUp);
      };
      const begin = () => {
        settle();
        this.#begin(tenant);
        resolve();
      };
      signal.addEventListener('abort', hangUp);
      line.push(begin);
    });
  }

  #next(): void {
    const able = [...this.#lines.keys()].filter((tenant) => this.#mayBegin(tenant));
    const [tenant] = able.sort(
      (left, right) => this.#worksOf(left) - this.#worksOf(right) || this.#servedOf(left) - this.#servedOf(right),
    );
    if (tenant === undefined) return;
    const line = this.#lines.get(tenant)!;
    const begin = line.shift()!;
    if (line.length === 0) this.#lines.delete(tenant);
    begin();
  }

  #worksOf(tenant: string): number {
    return this.#underWay.get(tenant) ?? 0;
  }

  #servedOf(tenant: string): number {
    return this.#served.get(tenant) ?? 0;
  }
}
