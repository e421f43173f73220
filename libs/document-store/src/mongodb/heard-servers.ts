import type { MongoClient } from 'mongodb';
import { explanationOf } from './connection-faults.js';
import type { Explanation } from './connection-faults.js';

/** What a server last said of itself in answer to a heartbeat, or why it did not. */
type Heard = { readonly hello: Hello } | { readonly failure: unknown } | 'nothing';

/** The part of a server's greeting that is looked at here. */
export interface Hello {
  readonly setName?: string;
  /** `isdbgrid` of what stands before a sharded cluster, or of a gateway. */
  readonly msg?: string;
  readonly isWritablePrimary?: boolean;
  readonly ismaster?: boolean;
  readonly isreplicaset?: boolean;
  readonly hosts?: readonly string[];
  readonly logicalSessionTimeoutMinutes?: number | null;
}

/**
 * What servers say of themselves. The driver lets go of a server that does not belong to the set that it looks for, and
 * tells only that it found none in time; so what they said is kept here.
 */
export class HeardServers {
  readonly #heard = new Map<string, Heard>();

  /** The replica set that the URL asks for. */
  readonly #set: string | undefined;

  constructor(client: MongoClient) {
    this.#set = client.options.replicaSet;
    for (const host of client.options.hosts) this.#heard.set(String(host), 'nothing');
    client.on('serverHeartbeatSucceeded', ({ connectionId, reply }) => {
      this.#heard.set(connectionId, { hello: reply });
    });
    client.on('serverHeartbeatFailed', ({ connectionId, failure }) => {
      this.#heard.set(connectionId, { failure });
    });
  }

  /** Why there is none that could be asked; undefined where no server is known. */
  whyNone(): Required<Explanation> | undefined {
    const told = [...this.#heard].map(([at, heard]) => this.#toldOf(at, heard));
    if (told.length === 0) return undefined;
    // A set that is another one is what an operator has to mend, whoever else is away.
    const { reason } =
      told.find((one) => one.reason === 'other-replica-set') ??
      told.find((one) => one.reason !== 'unknown') ??
      told[0]!;
    return { reason, words: told.map(({ words }) => words).join('; ') };
  }

  #toldOf(at: string, heard: Heard): Required<Explanation> {
    if (heard === 'nothing') return { reason: 'timed-out', words: `${at} took too long` };
    if ('failure' in heard) {
      const { reason, words = `${at} does not answer` } = explanationOf(heard.failure, at);
      return { reason, words };
    }
    const found = membershipOf(heard.hello);
    const set = this.#set;
    if (set !== undefined && heard.hello.setName !== set) {
      return { reason: 'other-replica-set', words: `${at} ${found}, and the URL asks for the replica set "${set}"` };
    }
    const { hosts, ismaster, isWritablePrimary } = heard.hello;
    if (isWritablePrimary ?? ismaster) return { reason: 'unknown', words: `${at} ${found}, and answered a moment ago` };
    const members = hosts ? `, whose members are known to each other as ${hosts.join(', ')}` : '';
    return { reason: 'no-leader', words: `${at} ${found}${members}, and is not its primary` };
  }
}

/** What a server belongs to, as the end of a sentence about it. */
export function membershipOf({ isreplicaset, msg, setName }: Hello): string {
  if (setName !== undefined) return `belongs to the replica set "${setName}"`;
  if (msg === 'isdbgrid') return 'is a mongos or a gateway, which names no replica set';
  if (isreplicaset) return 'waits for its replica set to be initiated';
  return 'belongs to no replica set';
}
