import type { ServerResponse } from 'node:http';
import { ClientDisconnected } from '../costly/client-disconnected.js';
import { TooManyAtOnce } from './too-many-at-once.js';

/** How many requests of one tenant a process has at once. */
export interface Turns {
  /** That are worked on. */
  readonly atOnce: number;
  /** That wait for it. */
  readonly waiting: number;
}

export const usualTurns: Turns = { atOnce: 64, waiting: 1_000 };

/** The requests of one tenant. */
interface Line {
  underWay: number;
  /** The turn in which one of them began last. */
  begun: number;
  readonly waiting: (() => void)[];
}

/**
 * Lets the requests of tenants take turns, so that one that sends many waits for itself alone. In each turn of the event loop one
 * request of a tenant begins at once; of those that have to wait one begins, of another tenant each time. So between a request and
 * its answer lies no more of another tenant's work than what that one request does in a turn.
 */
export class RequestTurns {
  readonly #lines = new Map<string, Line>();
  /** Of whom nothing waits or is under way: they are forgotten when a turn ends. */
  readonly #idle = new Set<string>();
  #turn = 0;
  #isTurning = false;

  /** @param milliseconds what takes longer waits for something else, which has bounds of its own: it is counted no longer */
  constructor(
    private readonly limits: Turns = usualTurns,
    private readonly milliseconds = 1_000,
  ) {}

  /**
   * Waits until it is the turn of a request. Its place is free when it is answered, or takes long.
   * @throws TooManyAtOnce; ClientDisconnected where the caller hangs up before
   */
  async take(tenant: string, response: ServerResponse): Promise<void> {
    if (response.destroyed) throw new ClientDisconnected();
    const line = this.#lineOf(tenant);
    if (line.waiting.length > 0 || line.begun === this.#turn || line.underWay >= this.limits.atOnce) {
      if (line.waiting.length >= this.limits.waiting) throw new TooManyAtOnce(this.limits.waiting);
      await this.#wait(tenant, line, response);
    } else this.#begin(line);
    this.#freeInTime(tenant, line, response);
  }

  #lineOf(tenant: string): Line {
    const line = this.#lines.get(tenant) ?? { underWay: 0, begun: this.#turn - 1, waiting: [] };
    this.#lines.set(tenant, line);
    return line;
  }

  #begin(line: Line): void {
    line.underWay++;
    line.begun = this.#turn;
    this.#turnLater();
  }

  #wait(tenant: string, line: Line, response: ServerResponse): Promise<void> {
    return new Promise((resolve, reject) => {
      const hangUp = () => {
        line.waiting.splice(line.waiting.indexOf(begin), 1);
        this.#left(tenant, line);
        reject(new ClientDisconnected());
      };
      const begin = () => {
        response.off('close', hangUp);
        this.#begin(line);
        resolve();
      };
      line.waiting.push(begin);
      response.once('close', hangUp);
      this.#turnLater();
    });
  }

  #freeInTime(tenant: string, line: Line, response: ServerResponse): void {
    const free = () => {
      clearTimeout(timer);
      response.off('finish', free).off('close', free);
      line.underWay--;
      this.#left(tenant, line);
    };
    const timer = setTimeout(free, this.milliseconds).unref();
    response.once('finish', free).once('close', free);
  }

  #left(tenant: string, { underWay, waiting }: Line): void {
    if (underWay + waiting.length === 0) this.#idle.add(tenant);
    this.#turnLater();
  }

  #turnLater(): void {
    if (this.#isTurning) return;
    this.#isTurning = true;
    setImmediate(() => this.#next());
  }

  /** A new turn of the event loop: one that waits begins, of the tenant for which that was longest ago. */
  #next(): void {
    this.#isTurning = false;
    this.#turn++;
    for (const tenant of this.#idle) {
      const { underWay, waiting } = this.#lines.get(tenant)!;
      if (underWay + waiting.length === 0) this.#lines.delete(tenant);
    }
    this.#idle.clear();
    for (const [tenant, line] of this.#lines) {
      if (line.waiting.length === 0 || line.underWay >= this.limits.atOnce) continue;
      this.#lines.delete(tenant);
      this.#lines.set(tenant, line);
      line.waiting.shift()!();
      return;
    }
  }
}
