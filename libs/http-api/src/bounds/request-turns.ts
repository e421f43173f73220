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
  readonly underWay: Set<Begun>;
  readonly waiting: (() => void)[];
  /** The one that began last. */
  last: Begun;
}

/** When a request began: in which turn of the event loop, and at which millisecond. */
interface Begun {
  readonly turn: number;
  readonly at: number;
}

const never: Begun = { turn: -1, at: -Infinity };

/** What a request that waits for no store on a server takes, with the check of its token in another thread. */
const usualMilliseconds = 3;

/**
 * Lets the requests of tenants take turns, so that one that sends many waits for itself alone. In each turn of the event loop one
 * request of a tenant begins at once; of those that have to wait one begins, of another tenant each time. And whoever has had a
 * turn lets what others have begun be answered before the next, for as long as that usually takes: a request whose token is being
 * checked in another thread is not overtaken by all that came with it. So between a request and its answer lies no more of
 * another tenant's work than that of one request.
 */
export class RequestTurns {
  readonly #lines = new Map<string, Line>();
  /** Of whom nothing waits or is under way: they are forgotten when a turn ends. */
  readonly #idle = new Set<string>();
  #turn = 0;
  #isTurning = false;
  #isHeldBack = false;

  /**
   * @param milliseconds what takes longer waits for something else, which has bounds of its own: it is counted no longer
   * @param usual so long a tenant waits after a turn of its own for what others have begun
   */
  constructor(
    private readonly limits: Turns = usualTurns,
    private readonly milliseconds = 1_000,
    private readonly usual = usualMilliseconds,
  ) {}

  /**
   * Waits until it is the turn of a request. Its place is free when it is answered, or takes long.
   * @returns what frees it before
   * @throws TooManyAtOnce; ClientDisconnected where the caller hangs up before
   */
  async take(tenant: string, response: ServerResponse): Promise<() => void> {
    if (response.destroyed) throw new ClientDisconnected();
    const line = this.#lineOf(tenant);
    if (line.waiting.length > 0 || line.last.turn === this.#turn || !this.#mayBegin(line)) {
      if (line.waiting.length >= this.limits.waiting) throw new TooManyAtOnce(this.limits.waiting);
      return this.#freeInTime(tenant, line, await this.#wait(tenant, line, response), response);
    }
    return this.#freeInTime(tenant, line, this.#begin(line), response);
  }

  #lineOf(tenant: string): Line {
    const line = this.#lines.get(tenant) ?? { underWay: new Set(), waiting: [], last: never };
    this.#lines.set(tenant, line);
    return line;
  }

  #begin(line: Line): Begun {
    line.last = { turn: this.#turn, at: performance.now() };
    line.underWay.add(line.last);
    this.#turnLater();
    return line.last;
  }

  #mayBegin(line: Line): boolean {
    if (line.underWay.size >= this.limits.atOnce) return false;
    const now = performance.now();
    const left = line.last.at + this.usual - now;
    if (left <= 0 || !this.#othersBeganAfter(now - this.usual, line)) return true;
    this.#turnIn(left);
    return false;
  }

  #turnIn(milliseconds: number): void {
    if (this.#isHeldBack) return;
    this.#isHeldBack = true;
    setTimeout(() => {
      this.#isHeldBack = false;
      this.#turnLater();
    }, milliseconds).unref();
  }

  /** Whether what another tenant began after a moment is still under way. */
  #othersBeganAfter(moment: number, own: Line): boolean {
    for (const line of this.#lines.values()) {
      if (line === own || line.last.at <= moment) continue;
      for (const { at } of line.underWay) if (at > moment) return true;
    }
    return false;
  }

  #wait(tenant: string, line: Line, response: ServerResponse): Promise<Begun> {
    return new Promise((resolve, reject) => {
      const hangUp = () => {
        line.waiting.splice(line.waiting.indexOf(begin), 1);
        this.#left(tenant, line);
        reject(new ClientDisconnected());
      };
      const begin = () => {
        response.off('close', hangUp);
        resolve(this.#begin(line));
      };
      line.waiting.push(begin);
      response.once('close', hangUp);
      this.#turnLater();
    });
  }

  #freeInTime(tenant: string, line: Line, begun: Begun, response: ServerResponse): () => void {
    const free = () => {
      clearTimeout(timer);
      response.off('finish', free).off('close', free);
      line.underWay.delete(begun);
      this.#left(tenant, line);
    };
    const timer = setTimeout(free, this.milliseconds).unref();
    response.once('finish', free).once('close', free);
    return free;
  }

  #left(tenant: string, line: Line): void {
    if (isIdle(line)) this.#idle.add(tenant);
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
    for (const tenant of this.#idle) if (isIdle(this.#lines.get(tenant)!)) this.#lines.delete(tenant);
    this.#idle.clear();
    for (const [tenant, line] of this.#lines) {
      if (line.waiting.length === 0 || !this.#mayBegin(line)) continue;
      this.#lines.delete(tenant);
      this.#lines.set(tenant, line);
      line.waiting.shift()!();
      return;
    }
  }
}

const isIdle = ({ underWay, waiting }: Line): boolean => underWay.size + waiting.length === 0;
