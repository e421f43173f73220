import { partitionOfStream } from '../partitions.js';
import type { EventStore } from '#event-store';
import type { EventCatalog, RecordedEvent, StoredEvent } from '#kernel';

/** What a stretch of the log holds of one partition. */
export interface LogPart {
  /** The events of the partition, in order; there may be none. */
  readonly events: readonly RecordedEvent[];
  /** The last event of the stretch, whichever partition it belongs to. */
  readonly last: RecordedEvent;
  readonly types: ReadonlySet<string>;
  /** Gives an event in its newest form. However many ask, it is made once. */
  readonly decode: (event: RecordedEvent) => RecordedEvent;
  /** Whether the log surely goes on after it: what comes next may be written together with it. */
  readonly more: boolean;
}

const nothing = { events: [], types: new Set<string>() };

/** A stretch of the log, divided into partitions. */
export class LogStretch {
  readonly #parts = new Map<number, { readonly events: RecordedEvent[]; readonly types: Set<string> }>();
  readonly #decode: LogPart['decode'];

  /** @param events one at least */
  constructor(
    private readonly events: readonly RecordedEvent[],
    catalog: EventCatalog,
    private readonly more = false,
  ) {
    this.#decode = decodingOnce(catalog);
    for (const event of events) {
      const partition = partitionOfStream(event.stream);
      let part = this.#parts.get(partition);
      if (!part) this.#parts.set(partition, (part = { events: [], types: new Set() }));
      part.events.push(event);
      part.types.add(event.type);
    }
  }

  get last(): RecordedEvent {
    return this.events.at(-1)!;
  }

  of(partition: number): LogPart {
    const { events, types } = this.#parts.get(partition) ?? nothing;
    return { events, types, last: this.last, decode: this.#decode, more: this.more };
  }
}

/**
 * Some events of one partition.
 * @param after the position that they come after
 * @param end the log is read up to here at most, but for the stretch that ends there
 * @param limit at most so many
 */
export async function readPart(
  { catalog, eventStore }: { readonly catalog: EventCatalog; readonly eventStore: Pick<EventStore, 'readAll'> },
  partition: number,
  { after, end, limit, pageSize }: { after: string; end: string; limit: number; pageSize: number },
): Promise<LogPart | undefined> {
  for (let from = after; from < end;) {
    const page = await eventStore.readAll({ after: from, limit: pageSize });
    if (page.length === 0) return undefined;
    from = page.at(-1)!.position;
    const part = new LogStretch(page, catalog).of(partition);
    if (part.events.length === 0) continue;
    const events = part.events.slice(0, limit);
    return { ...part, events, last: events.length < part.events.length ? events.at(-1)! : part.last };
  }
  return undefined;
}

function decodingOnce(catalog: EventCatalog): (event: RecordedEvent) => RecordedEvent {
  const decoded = new Map<RecordedEvent, RecordedEvent>();
  return (event) => {
    let known = decoded.get(event);
    if (!known) decoded.set(event, (known = catalog.decode(event as StoredEvent)));
    return known;
  };
}
