import type { Document, DocumentStore } from '#document-store';
import type { LogCursor, NotedPlace } from '#event-store';
import type { Actor } from '#kernel';

const collection = 'log';
const id = 'known';

/** Which log an operator has accepted in place of the one before. */
export interface Acceptance {
  /** The event that records it, and from then on names the log. */
  readonly eventId: string;
  readonly at: string;
  readonly by: Actor;
  readonly reason: string;
}

/** A log found in place of the one that there was. */
export interface Replacement {
  /** When it was found: RFC 3339. */
  readonly since: string;
  /** The newest event that the log is known to have held, and does not hold. */
  readonly lost: NotedPlace;
}

/** What is known of the log outside of it, and shared by all processes. */
export interface KnownLog {
  /** The newest acceptance; none where the log is the first. */
  readonly accepted?: Acceptance;
  /** One of the newest events that were met. The log that lacks it is another one. */
  readonly newest?: LogCursor;
  readonly replaced?: Replacement;
}

interface Stored extends Document, KnownLog {
  readonly version: number;
}

/** The document that the processes share. It is compared with the log, never the other way round. */
export class KnownLogRecord {
  constructor(private readonly store: DocumentStore) {}

  async read(): Promise<{ readonly version: number | undefined; readonly known: KnownLog }> {
    const stored = await this.store.get<Stored>(collection, id);
    if (!stored) return { version: undefined, known: {} };
    const { accepted, newest, replaced, version } = stored;
    return {
      version,
      known: { ...(accepted && { accepted }), ...(newest && { newest }), ...(replaced && { replaced }) },
    };
  }

  /** @returns whether it was written: not where another process has written since that version */
  write(known: KnownLog, version: number | undefined): Promise<boolean> {
    return this.store.compareAndSet(collection, { _id: id, version: (version ?? 0) + 1, ...known }, version);
  }
}
