export interface KurrentDbDouble {
  readonly port: number;
  /** The connection string that the official client takes, without credentials. */
  readonly url: string;
  /** How many subscriptions it serves now. */
  subscriptions(): number;
  /** How many subscriptions have begun so far. */
  subscribed(): number;
  /** How many events of the log reads and subscriptions have looked at so far, whether a filter let them pass or not. */
  lookedAt(): number;
  /** Ends every subscription as a broken connection does. */
  dropSubscriptions(): void;
  /** Ends every subscription as a server does whose reader does not keep up. */
  abortSlowConsumers(): void;
  /** Subscriptions of now stay open, and get nothing any more. */
  muteSubscriptions(): void;
  /** Takes so long before it begins to answer a read. */
  answerSlowly(milliseconds: number): void;
  /** Takes so long over each event that a filter keeps back from a read of the log, and is silent meanwhile. */
  scanSlowly(milliseconds: number): void;
  /** Stores the next appends, and drops the connection instead of answering. */
  loseAnswers(count: number): void;
  /** Removes from the log what deleted, truncated and expired streams no longer give. Reads of them change before it. */
  scavenge(): Promise<void>;
  /** Takes a right away at once, as an administrator does. */
  deny(right: DeniedRight): void;
  /** Takes back every `deny`. */
  allowAll(): void;
  /** Who is let in from now on: passwords by user. Everybody where left out. */
  setUsers(users?: Readonly<Record<string, string>>): void;
  /** Drops the calls of the client's native library from now on, and those alone. */
  turnLibraryAway(): void;
  /** Answers `NotLeader` and names the leader's port to whoever requires a leader; leads again where left out. */
  followLeader(port?: number): void;
  /** What it tells of its cluster; itself alone until this is called. */
  tellMembers(members: readonly ClusterMember[]): void;
  stop(): Promise<void>;
}

/** What is denied; a part that is left out stands for any. */
export interface DeniedRight {
  readonly call?: 'read' | 'readAll' | 'subscribe' | 'append' | 'delete' | 'tombstone';
  /** `$all` for `readAll` and `subscribe`. */
  readonly stream?: string;
  readonly user?: string;
}

export interface ClusterMember {
  readonly port: number;
  readonly leads: boolean;
  readonly alive?: boolean;
}

export interface DoubleOptions {
  /** 0, or left out, takes a free one. */
  readonly port?: number;
  /** Where to keep the log; in memory alone when left out. */
  readonly file?: string;
  /** A subscription that is live and further behind than so many events is aborted. */
  readonly slowConsumerLimit?: number;
  /** Passwords by user. The official client sends credentials over TLS only. Everybody is let in where left out. */
  readonly users?: Readonly<Record<string, string>>;
  /** The users that are administrators; with them, access control lists decide who may do what. */
  readonly admins?: readonly string[];
  /** In PEM; without TLS when left out. */
  readonly tls?: { readonly key: Buffer; readonly cert: Buffer };
  /** The node that it follows: what is appended anywhere goes there, and is read here as it comes. */
  readonly follows?: KurrentDbDouble;
  /** How much later a follower gives what was recorded. */
  readonly lagMilliseconds?: number;
}

export function startKurrentDbDouble(options?: DoubleOptions): Promise<KurrentDbDouble>;
