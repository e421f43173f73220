import type { ReadAllOptions, ReadStreamOptions } from '#event-store';
import { startOfLog } from '#kernel';
import type { EventEnvelope, StoredEvent } from '#kernel';
import type { SnapshotLog } from '../rules/fold-snapshot.js';

/** A double of a log, which holds some events in their order. */
export class LogInMemory implements SnapshotLog {
  readonly events: readonly StoredEvent[];
  /** How many events the reads of streams have given. */
  read = 0;

  constructor(events: readonly (Pick<EventEnvelope, 'data'> & { readonly stream: string })[]) {
    const revisions = new Map<string, number>();
    this.events = events.map((event, index) => {
      const revision = (revisions.get(event.stream) ?? -1) + 1;
      revisions.set(event.stream, revision);
      return { ...event, revision, position: LogInMemory.positionOf(index + 1) } as StoredEvent;
    });
  }

  static positionOf(place: number): string {
    return String(place).padStart(startOfLog.length, '0');
  }

  readStream(stream: string, { after = -1, limit = Infinity }: ReadStreamOptions = {}): Promise<StoredEvent[]> {
    const found = this.events.filter((event) => event.stream === stream && event.revision > after).slice(0, limit);
    this.read += found.length;
    return Promise.resolve(found);
  }

  readAll({ after = startOfLog, limit, tenant }: ReadAllOptions): Promise<StoredEvent[]> {
    const isMeant = ({ metadata, position }: StoredEvent) =>
      position > after && (tenant === undefined || metadata.tenant === tenant);
    return Promise.resolve(this.events.filter(isMeant).slice(0, limit));
  }

  head(): Promise<string> {
    return Promise.resolve(this.events.at(-1)?.position ?? startOfLog);
  }

  get streams(): string[] {
    return [...new Set(this.events.map(({ stream }) => stream))];
  }
}
