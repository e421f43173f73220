import { lookup } from 'node:dns/promises';
import { KurrentDBClient } from '@kurrent/kurrentdb-client';
import type { BaseOptions } from '@kurrent/kurrentdb-client';
import type { Channel } from '@grpc/grpc-js';
import { Deadline, pause, StoreUnavailable } from '#kernel';
import type { Attempt } from '#kernel';
import { closeChannel, internalsOf } from './client-internals.js';
import type { Endpoint, ServerAddress } from './connection-string.js';
import { failureOf } from './failures.js';
import { findLeader } from './leader.js';

/** What is asked and how. */
export interface Call extends Omit<Attempt, 'user'> {
  /** How long it may take in all, in milliseconds; where it fails sooner for want of a connection, it is tried again. */
  readonly deadline: number;
}

/** The connection to one node. */
export interface Line {
  readonly client: KurrentDBClient;
  /** What every call is given: who asks, and that no other node than the leader shall answer. */
  readonly caller: BaseOptions;
  readonly endpoint: Endpoint;
  /** Aborts when the connection is given up, for whoever listens on it. */
  readonly gone: AbortSignal;
}

/**
 * Who was silent for a whole deadline is given so much of it at first, and after each silence twice as much, until something
 * is answered: a dead server holds nobody back for long, and one that has become slow is waited for again.
 */
const firstShare = 0.4;

/** The addresses that a name stands for: IPv4, since the client takes no others. */
export type LookUp = (name: string) => Promise<readonly string[]>;

const addressesOf: LookUp = async (name) =>
  (await lookup(name, { all: true, family: 4 })).map(({ address }) => address);

/** Time for what broke to be let go of. */
const againMilliseconds = 50;

/**
 * One connection for everything, to the leader. Where a call says that the connection is of no use (broken, silent, to a
 * node that does not lead) it is given up as a whole, and the next call makes another one: to the leader that the node
 * named, or to the one that the nodes of the cluster name. So a leader that is frozen holds nobody back for longer than
 * one deadline, and reads and appends never go to different nodes.
 */
export class Connection {
  #line: Promise<Line> | undefined;
  #giveUp: AbortController | undefined;
  #next: Endpoint | undefined;
  #silent: Endpoint | undefined;
  #lost = 0;
  /** The share of a deadline that the server is given since it was silent; the whole where it was not. */
  #share = 1;

  constructor(
    private readonly address: ServerAddress,
    private readonly deadline: number,
    private readonly lookUp: LookUp = addressesOf,
  ) {}

  /**
   * Does something over the connection, and once more where the connection broke before an answer came and there is time.
   * The work must bear to be done twice.
   * @throws StoreUnavailable, StoreRefused, and what the work throws that is no failure of the store
   */
  async ask<Answer>(call: Call, work: (line: Line, deadline: number) => Promise<Answer>): Promise<Answer> {
    const deadline = this.#share * call.deadline;
    const inAll = new Deadline(deadline);
    try {
      return await this.#once(call, deadline, work);
    } catch (error) {
      const left = inAll.left - againMilliseconds;
      if (!(error instanceof StoreUnavailable) || !transient.has(error.reason) || left <= 0) throw error;
      await pause(againMilliseconds);
      return await this.#once(call, left, work);
    }
  }

  /** How many connections were lost so far. */
  get lost(): number {
    return this.#lost;
  }

  /** The connection as it is, made where there is none. @throws StoreUnavailable where no leader is found in time */
  line(milliseconds = this.deadline): Promise<Line> {
    this.#line ??= this.#connect(milliseconds);
    return this.#line;
  }

  /** What a failure of a call means; the connection is given up where it is the reason. */
  failed(line: Line, error: unknown, attempt: Omit<Attempt, 'user'>): unknown {
    const user = this.address.credentials?.username;
    const { error: told, isLost, leader } = failureOf(error, { ...attempt, user }, line.endpoint);
    if (isLost) {
      const isSilent = told instanceof StoreUnavailable && told.reason === 'timed-out';
      // All calls that are under way fail together: they count once.
      if (!isSilent) this.#share = 1;
      else if (!line.gone.aborted) this.#share = this.#share < 1 ? Math.min(2 * this.#share, 1) : firstShare;
      this.#drop(line, { next: leader, silent: isSilent ? line.endpoint : undefined });
    }
    return told;
  }

  async close(): Promise<void> {
    const line = await this.#line?.catch(() => undefined);
    this.#giveUp?.abort();
    if (line) await closeChannel(line.client);
  }

  async #once<Answer>(
    call: Call,
    deadline: number,
    work: (line: Line, deadline: number) => Promise<Answer>,
  ): Promise<Answer> {
    const line = await this.line(deadline);
    try {
      const answer = await work(line, deadline);
      this.#share = 1;
      return answer;
    } catch (error) {
      throw this.failed(line, error, call);
    }
  }

  async #connect(milliseconds: number): Promise<Line> {
    try {
      const endpoint = this.#next ?? (await this.#leader(milliseconds));
      this.#giveUp = new AbortController();
      const line = this.#lineTo(endpoint, this.#giveUp.signal);
      whenLost(await internalsOf(line.client).getChannel(), () => this.#drop(line));
      return line;
    } catch (error) {
      this.#line = undefined;
      throw error;
    } finally {
      this.#next = undefined;
    }
  }

  async #leader(milliseconds: number): Promise<Endpoint> {
    const { cluster, gossipMilliseconds, hosts } = this.address;
    if (!cluster) return hosts[0]!;
    const silent = this.#silent;
    this.#silent = undefined;
    return findLeader({
      hosts,
      alike: hosts.length === 1 ? await this.#addressesOf(hosts[0]!) : [],
      silent,
      milliseconds,
      each: Math.min(gossipMilliseconds, milliseconds),
      clientTo: (endpoint) => this.#clientTo(endpoint),
    });
  }

  /** A name stands for several nodes, of which a connection to it asks one alone. */
  async #addressesOf({ host, port }: Endpoint): Promise<Endpoint[]> {
    const addresses = await this.lookUp(host).catch(() => []);
    return addresses.map((address) => ({ host: address, port }));
  }

  #lineTo(endpoint: Endpoint, gone: AbortSignal): Line {
    const { credentials } = this.address;
    const caller = { requiresLeader: true, ...(credentials && { credentials }) };
    return { client: this.#clientTo(endpoint), caller, endpoint, gone };
  }

  /** The client of one node alone. Its URL names no user, so that nothing that the client tells can hold a password. */
  #clientTo({ host, port }: Endpoint): KurrentDBClient {
    const options = [`discoveryInterval=${searchMilliseconds}`, this.address.clientOptions].filter(Boolean).join('&');
    return KurrentDBClient.connectionString(`kurrentdb://${host}:${port}?${options}`);
  }

  /** @param after what is known for the next connection: who leads, or who was silent */
  #drop(
    line: Line,
    after: { readonly next?: Endpoint | undefined; readonly silent?: Endpoint | undefined } = {},
  ): void {
    if (!line.gone.aborted && this.#giveUp?.signal === line.gone) {
      this.#lost++;
      this.#line = undefined;
      this.#giveUp.abort();
      // Calls that are under way end as they may.
      void closeChannel(line.client).catch(() => {});
    }
    // The client may have let go of the channel itself before its failure was told.
    if (this.#line) return;
    this.#next ??= after.next;
    this.#silent ??= after.silent;
  }
}

/** The native library of the client waits so long before it connects; left to itself it takes half a second. */
const searchMilliseconds = 20;

/** As gRPC numbers the states of a channel. */
const state = { ready: 2, shutDown: 4 } as const;

/** Tells that a channel was connected and is no longer: it would connect anew without a word. */
function whenLost(channel: Channel, tell: () => void): void {
  const current: number = channel.getConnectivityState(false);
  if (current === state.shutDown) return;
  channel.watchConnectivityState(current, Infinity, () => {
    if (current === state.ready) tell();
    else whenLost(channel, tell);
  });
}

/** Failures that come at once, and may be gone with another connection. */
const transient: ReadonlySet<string> = new Set(['connection-broken', 'connection-refused', 'not-leader', 'unknown']);
