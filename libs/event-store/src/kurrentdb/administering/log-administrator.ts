import { isDeepStrictEqual } from 'node:util';
import { jsonEvent, NO_STREAM, START, WrongExpectedVersionError } from '@kurrent/kurrentdb-client';
import gossip from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/gossip_pb.js';
import { isOwnEvent, newId, RevisionMismatch, StoreRefused } from '#kernel';
import type { EventMetadata, JsonObject } from '#kernel';
import { internalsOf } from '../client-internals.js';
import { Connection } from '../connection.js';
import type { Call, Line } from '../connection.js';
import { addressIn } from '../connection-string.js';
import type { Endpoint, ServerAddress } from '../connection-string.js';
import { gossipOf } from '../leader.js';
import { logRequest, streamRequest } from '../read-request.js';
import { read } from '../reading.js';
import type { Resolved } from '../recorded.js';
import { limitsOf, securedLog, securedStreams } from './least-rights.js';
import type { LogUsers, StreamLimits } from './least-rights.js';

const deadline = 10_000;
/** How long it may take to read a log as a whole. */
const wholeLogMilliseconds = 3_600_000;
const listed = 100;

/** A setting of the server that was changed, or would be. */
export interface SecuredSetting {
  /** `$all` for who may read the log, `$settings` for who may do what with the streams of users. */
  readonly of: '$all' | '$settings';
  /** As it is, and as it shall be. The same where nothing needs to change. */
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly changes: boolean;
}

/** What somebody may do with a log. */
export const logRights = ['read', 'append', 'delete', 'tombstone', 'metadata', 'settings', 'rights-of-log'] as const;
export type LogRight = (typeof logRights)[number];

/** All that Spårbar needs. */
const neededRights: readonly LogRight[] = ['read', 'append'];

/** What was found of a server and of what the user of the URL may do there. */
export interface AccessCheck {
  /** As the server says it, such as `24.10.4`. */
  readonly version: string;
  readonly nodes: readonly (Endpoint & { readonly leads: boolean; readonly alive: boolean })[];
  /** Undefined where the URL names nobody. */
  readonly user: string | undefined;
  /** What the user needs, and may not do. */
  readonly lacking: readonly LogRight[];
  /** What the user may do, and does not need. */
  readonly beyondNeed: readonly LogRight[];
}

/** What was found in the log beside Spårbar's events. */
export interface StreamsCheck {
  /** Streams that lose events, have lost some, or have rights of their own. */
  readonly limits: readonly StreamLimits[];
  /** Streams that hold events of others, the first hundred, and how many such events each holds. */
  readonly foreign: readonly { readonly stream: string; readonly events: number }[];
  /** How many such streams there are. */
  readonly foreignStreams: number;
}

/** What an operator asks of a server beside what is recorded there. */
export class LogAdministrator {
  readonly #connection: Connection;

  private constructor(private readonly address: ServerAddress) {
    this.#connection = new Connection(address, deadline);
  }

  /** @param connectionString as `openKurrentEventStore` takes it @throws WrongConnectionString */
  static of(connectionString: string): LogAdministrator {
    return new LogAdministrator(addressIn(connectionString));
  }

  /**
   * What would change if the log were secured for these users.
   * @throws StoreRefused where the user of the URL is no administrator; StoreUnavailable
   */
  async preview(users: LogUsers): Promise<readonly SecuredSetting[]> {
    return (await this.#settings(users)).map(({ found: _, ...setting }) => setting);
  }

  /**
   * Gives the users what they need, and takes all else from everybody but administrators. Said again, it changes nothing.
   * @throws StoreRefused where the user of the URL is no administrator; RevisionMismatch where somebody else changed a
   * setting at the same time, which is then left as it is; StoreUnavailable
   */
  async secure(users: LogUsers): Promise<readonly SecuredSetting[]> {
    const settings = await this.#settings(users);
    for (const { after, changes, found } of settings) if (changes) await this.#write(found, after);
    return settings.map(({ found: _, ...setting }) => setting);
  }

  /**
   * Looks, and changes nothing. Rights are found out by asking for what cannot happen: each request expects a revision
   * that no stream ever has, so that the server either refuses the right or finds that the revision is another.
   * @throws StoreRefused where the user is not let in; StoreUnavailable
   */
  async checkAccess(): Promise<AccessCheck> {
    const { version, nodes } = await this.#server();
    const rights: LogRight[] = [];
    for (const right of logRights) if (await this.#may(right)) rights.push(right);
    return {
      version,
      nodes,
      user: this.address.credentials?.username,
      lacking: neededRights.filter((right) => !rights.includes(right)),
      beyondNeed: rights.filter((right) => !neededRights.includes(right)),
    };
  }

  /** Reads the log once, as a whole. @throws StoreRefused where the user may not; StoreUnavailable */
  async checkStreams(): Promise<StreamsCheck> {
    const limits = new Map<string, StreamLimits | undefined>();
    const foreign = new Map<string, number>();
    await this.#ask({ right: 'read', on: '$all', deadline: wholeLogMilliseconds }, async (line) => {
      for await (const { event } of read(line, logRequest(START, Number.MAX_SAFE_INTEGER))) {
        if (!event) continue;
        const described = event.type === '$metadata' ? event.streamId.slice(metadataStream('').length) : undefined;
        if (described !== undefined && !isServers(described)) {
          limits.set(described, limitsOf(described, jsonOf(event)));
        } else if (!isServers(event.streamId) && !isOwn(event)) {
          foreign.set(event.streamId, (foreign.get(event.streamId) ?? 0) + 1);
        }
      }
    });
    return {
      limits: [...limits.values()].filter((found) => found !== undefined),
      foreign: [...foreign].slice(0, listed).map(([stream, events]) => ({ stream, events })),
      foreignStreams: foreign.size,
    };
  }

  close(): Promise<void> {
    return this.#connection.close();
  }

  async #settings(users: LogUsers) {
    const log = await this.#newest(metadataStream('$all'), '$metadata');
    const streams = await this.#newest('$settings', '$settings');
    return [
      settingOf('$all', log, securedLog(log.data, users)),
      settingOf('$settings', streams, securedStreams(streams.data, users)),
    ];
  }

  #server(): Promise<Pick<AccessCheck, 'version' | 'nodes'>> {
    return this.#ask({ right: 'read', on: 'gossip' }, async ({ client }, left) => {
      const { serverVersion: version } = await internalsOf(client).capabilities;
      const nodes = (await gossipOf(client, left)).getMembersList().map((member) => ({
        host: member.getHttpEndPoint()!.getAddress(),
        port: member.getHttpEndPoint()!.getPort(),
        leads: member.getState() === gossip.MemberInfo.VNodeState.LEADER,
        alive: member.getIsAlive(),
      }));
      return { version, nodes };
    });
  }

  async #may(right: LogRight): Promise<boolean> {
    try {
      await probes[right]((call, work) => this.#ask(call, work));
      return true;
    } catch (error) {
      if (error instanceof StoreRefused && error.refusal.right !== 'sign-in') return false;
      // Whoever names no user is asked to sign in where more than anybody's rights are needed.
      if (error instanceof StoreRefused && this.address.credentials === undefined) return false;
      throw error;
    }
  }

  /** The newest event of a type in a stream of the server's. */
  #newest(stream: string, type: string): Promise<Found> {
    return this.#ask({ right: 'administer', on: stream }, async (line) => {
      let found: Found = { stream, type, revision: undefined, data: {} };
      for await (const { event } of read(line, streamRequest(stream, -1, undefined))) {
        if (event) found = { ...found, revision: event.revision, ...(event.type === type && { data: jsonOf(event) }) };
      }
      return found;
    });
  }

  #write({ revision, stream, type }: Found, data: JsonObject): Promise<void> {
    return this.#ask({ right: 'administer', on: stream }, async ({ caller, client }, left) => {
      const streamState = revision ?? NO_STREAM;
      try {
        const event = jsonEvent({ id: newId(), type, data });
        await client.appendToStream(stream, event, { ...caller, streamState, deadline: left });
      } catch (error) {
        if (!(error instanceof WrongExpectedVersionError)) throw error;
        throw new RevisionMismatch(stream, revision === undefined ? 'no-stream' : Number(revision));
      }
    });
  }

  #ask<Answer>(call: Omit<Call, 'deadline'> & Partial<Call>, work: Work<Answer>): Promise<Answer> {
    return this.#connection.ask({ deadline, ...call }, work);
  }
}

interface Found {
  readonly stream: string;
  readonly type: string;
  /** Undefined where there is no such stream. */
  readonly revision: bigint | undefined;
  readonly data: JsonObject;
}

type Work<Answer> = (line: Line, deadline: number) => Promise<Answer>;
type Ask = <Answer>(call: Omit<Call, 'deadline'>, work: Work<Answer>) => Promise<Answer>;

const metadataStream = (stream: string): string => `$$${stream}`;

const settingOf = (of: SecuredSetting['of'], found: Found, after: JsonObject) => ({
  of,
  found,
  before: found.data,
  after,
  changes: !isDeepStrictEqual(found.data, after),
});

const jsonOf = ({ data }: NonNullable<Resolved['event']>): JsonObject =>
  typeof data === 'object' && data !== null && !(data instanceof Uint8Array) ? (data as JsonObject) : {};

/** The server's streams begin with a dollar sign. */
const isServers = (stream: string): boolean => stream.startsWith('$');

const isOwn = ({ data, metadata, streamId: stream }: NonNullable<Resolved['event']>): boolean =>
  isOwnEvent({ stream, data: data as JsonObject, metadata: metadata as unknown as EventMetadata });

/** A revision that no stream has: what expects it changes nothing, whoever asks. */
const never = 2n ** 62n;
/** A stream that there is not, with a name as Spårbar's have. */
const probed = (): string => `sparbar-check.probe-${newId()}`;

/** @throws StoreRefused where the user has not the right */
const probes: Readonly<Record<LogRight, (ask: Ask) => Promise<void>>> = {
  read: (ask) =>
    ask({ right: 'read', on: '$all' }, async (line) => {
      for await (const _ of read(line, logRequest(START, 1))) break;
    }),
  append: (ask) => appendInVain(ask, probed()),
  metadata: (ask) => appendInVain(ask, metadataStream(probed())),
  settings: (ask) => appendInVain(ask, '$settings'),
  'rights-of-log': (ask) => appendInVain(ask, metadataStream('$all')),
  delete: (ask) =>
    ask({ right: 'administer', on: 'streams' }, ({ caller, client }) =>
      inVain(client.deleteStream(probed(), { ...caller, expectedRevision: never })),
    ),
  tombstone: (ask) =>
    ask({ right: 'administer', on: 'streams' }, ({ caller, client }) =>
      inVain(client.tombstoneStream(probed(), { ...caller, expectedRevision: never })),
    ),
};

const appendInVain = (ask: Ask, stream: string): Promise<void> =>
  ask({ right: 'append', on: stream }, ({ caller, client }, left) => {
    const event = jsonEvent({ id: newId(), type: '$probe', data: {} });
    return inVain(client.appendToStream(stream, event, { ...caller, streamState: never, deadline: left }));
  });

async function inVain(asked: Promise<unknown>): Promise<void> {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof WrongExpectedVersionError)) throw error;
  }
}
