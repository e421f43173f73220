import { RevisionMismatch, startOfLog } from '#kernel';
import type { EventEnvelope, StoredEvent } from '#kernel';
import { requireSize } from '#event-store';
import type { AppendResult, EventStore, ExpectedRevision, ReadStreamOptions } from '#event-store';

/** The log as it would be: reads see the real log and what was appended here, and nothing is ever recorded. */
export class RehearsalStore implements Pick<EventStore, 'append' | 'connection' | 'readStream'> {
  readonly #appended = new Map<string, StoredEvent[]>();

  constructor(private readonly log: Pick<EventStore, 'connection' | 'readStream'>) {}

  get connection(): number {
    return this.log.connection;
  }

  async readStream(stream: string, { after = -1, limit = Infinity }: ReadStreamOptions = {}): Promise<StoredEvent[]> {
    const appended = (this.#appended.get(stream) ?? []).filter(({ revision }) => revision > after);
    return [...(await this.log.readStream(stream, { after })), ...appended].slice(0, limit);
  }

  async append(stream: string, events: readonly EventEnvelope[], expected: ExpectedRevision): Promise<AppendResult> {
    const revision = (await this.readStream(stream)).at(-1)?.revision;
    if ((revision ?? 'no-stream') !== expected) throw new RevisionMismatch(stream, expected, revision ?? 'no-stream');
    requireSize(stream, events);
    const first = (revision ?? -1) + 1;
    const stored = events.map((event, index) => ({ ...event, stream, revision: first + index, position: startOfLog }));
    this.#appended.set(stream, [...(this.#appended.get(stream) ?? []), ...stored]);
    return { revision: first + events.length - 1, position: startOfLog };
  }
}
