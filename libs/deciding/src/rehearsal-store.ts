import { RevisionMismatch, startOfLog } from '#kernel';
import type { EventEnvelope, StoredEvent } from '#kernel';
import { isLastPage, requireSize } from '#event-store';
import type { AppendResult, EventStore, ExpectedRevision, ReadStreamOptions } from '#event-store';

/** The log as it would be: reads see the real log and what was appended here, and nothing is ever recorded. */
export class RehearsalStore implements Pick<EventStore, 'append' | 'connection' | 'readStream'> {
  readonly #appended = new Map<string, StoredEvent[]>();

  constructor(private readonly log: Pick<EventStore, 'connection' | 'readStream'>) {}

  get connection(): number {
    return this.log.connection;
  }

  async readStream(stream: string, { after = -1, limit = Infinity }: ReadStreamOptions = {}): Promise<StoredEvent[]> {
    const recorded = await this.log.readStream(stream, { after, ...(limit < Infinity && { limit }) });
    if (limit < Infinity && !isLastPage(recorded, limit)) return recorded;
    const appended = this.#appended.get(stream) ?? [];
    const first = appended[0]?.revision ?? 0;
    return [...recorded, ...appended.slice(Math.max(0, after + 1 - first))].slice(0, limit);
  }

  async append(stream: string, events: readonly EventEnvelope[], expected: ExpectedRevision): Promise<AppendResult> {
    const revision = await this.#newest(stream);
    if ((revision ?? 'no-stream') !== expected) throw new RevisionMismatch(stream, expected, revision ?? 'no-stream');
    requireSize(stream, events);
    const first = (revision ?? -1) + 1;
    const stored = events.map((event, index) => ({ ...event, stream, revision: first + index, position: startOfLog }));
    const appended = this.#appended.get(stream);
    if (appended) appended.push(...stored);
    else this.#appended.set(stream, stored);
    return { revision: first + events.length - 1, position: startOfLog };
  }

  /** What was appended, by the names of streams. */
  get appended(): ReadonlyMap<string, readonly StoredEvent[]> {
    return this.#appended;
  }

  async #newest(stream: string): Promise<number | undefined> {
    const appended = this.#appended.get(stream)?.at(-1);
    return (appended ?? (await this.log.readStream(stream)).at(-1))?.revision;
  }
}
