import { dayInSweden } from '#kernel';
import type { EventMetadata } from '#kernel';
import type { Moment } from '#projecting';

type When = Pick<EventMetadata, 'effectiveOn' | 'recordedAt'>;

/**
 * The day from which what is done in a round is seen: the one that it speaks of, and at the latest the one on which it was recorded.
 * A round that a file opens speaks of its reference date, which may be to come, and is open all the same.
 */
export function seenFrom({ effectiveOn, recordedAt }: When): string {
  const recordedOn = dayInSweden(new Date(recordedAt));
  return effectiveOn < recordedOn ? effectiveOn : recordedOn;
}

/** Whether what is done in a round is seen as of the day of a moment. What was known or said by then is another question. */
export const isSeenIn =
  ({ asOf }: Moment) =>
  (when: When): boolean =>
    asOf === undefined || seenFrom(when) <= asOf;
