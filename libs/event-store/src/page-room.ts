import { roughBytes } from '#kernel';
import type { StoredEvent } from '#kernel';

/** About how many bytes of memory a page may take, however many events were asked for. */
export const maxPageBytes = 8 * 1024 * 1024;

const envelopeBytes = 500;

/** About how many bytes of memory an event takes. */
export const bytesOfEvent = ({ data }: Pick<StoredEvent, 'data'>): number => envelopeBytes + roughBytes(data);

/** Events of a stream or of the log, and whether there may be more of what was asked for. */
export interface PartlyRead {
  readonly events: StoredEvent[];
  readonly more: boolean;
}

/** What a page has room for: so many bytes, and two events whatever they take. */
export class PageRoom {
  #bytes = 0;
  #events = 0;

  get isFull(): boolean {
    return this.#events > 1 && this.#bytes >= maxPageBytes;
  }

  /** @returns whether it is full */
  take(event: Pick<StoredEvent, 'data'>): boolean {
    this.#events++;
    this.#bytes += bytesOfEvent(event);
    return this.isFull;
  }
}

/** Whether nothing came after a page when it was read: it is shorter than was asked for, and there was room. */
export function isLastPage(page: readonly StoredEvent[], limit: number): boolean {
  if (page.length >= limit) return false;
  const room = new PageRoom();
  for (const event of page) room.take(event);
  return !room.isFull;
}
