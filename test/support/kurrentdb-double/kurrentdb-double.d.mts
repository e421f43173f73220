export interface KurrentDbDouble {
  readonly port: number;
  /** The connection string that the official client takes. */
  readonly url: string;
  /** How many subscriptions it serves now. */
  subscriptions(): number;
  /** Ends every subscription as a broken connection does. */
  dropSubscriptions(): void;
  /** Ends every subscription as a server does whose reader does not keep up. */
  abortSlowConsumers(): void;
  /** Subscriptions of now stay open, and get nothing any more. */
  muteSubscriptions(): void;
  /** Stores the next appends, and drops the connection instead of answering. */
  loseAnswers(count: number): void;
  stop(): Promise<void>;
}

export interface DoubleOptions {
  /** 0, or left out, takes a free one. */
  readonly port?: number;
  /** Where to keep the log; in memory alone when left out. */
  readonly file?: string;
  /** A subscription that is live and further behind than so many events is aborted. */
  readonly slowConsumerLimit?: number;
}

export function startKurrentDbDouble(options?: DoubleOptions): Promise<KurrentDbDouble>;
