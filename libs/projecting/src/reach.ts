import { endOfDayInSweden } from '#kernel';
import type { EventMetadata } from '#kernel';
import type { Moment } from './replay.js';

/** How far all that a document tells reaches: whatever moment is not before it sees all of it. */
export interface Until {
  /** The last day that any of it speaks of. */
  readonly until: string;
  /** The instant at which the last of it was recorded. */
  readonly known: string;
}

/**
 * Greater than any day: so far reaches what was cancelled, of which a document tells of no day how it is. What is told of it,
 * its events tell.
 */
export const noDay = '~';

/** How far all reaches after one more event. */
export function untilAfter(
  before: Until | undefined,
  { effectiveOn, recordedAt }: Pick<EventMetadata, 'effectiveOn' | 'recordedAt'>,
): Until {
  const { known = '', until = '' } = before ?? {};
  return { until: effectiveOn > until ? effectiveOn : until, known: recordedAt > known ? recordedAt : known };
}

/** The instant up to which a moment sees all that was recorded: what was recorded had been said. */
const knownTo = ({ knownAt, saidBy }: Moment): string | undefined =>
  saidBy === undefined ? knownAt : endOfDayInSweden(saidBy);

/** Whether a moment sees all of what reaches so far: then a document answers for it as it is. */
export function seesAll(moment: Moment, { known, until }: Until): boolean {
  const { asOf } = moment;
  const knownAt = knownTo(moment);
  return (asOf === undefined || until <= asOf) && (knownAt === undefined || known <= knownAt);
}

/** The documents that a moment sees all of, as the store is asked for them. */
export function seenWhole(moment: Moment) {
  const { asOf } = moment;
  const knownAt = knownTo(moment);
  return {
    ...(asOf !== undefined && { until: { $lte: asOf } }),
    ...(knownAt !== undefined && { known: { $lte: knownAt } }),
  };
}

/** All others, in filters of which no document meets two. */
export function seenInPart(moment: Moment) {
  const { asOf } = moment;
  const knownAt = knownTo(moment);
  return [
    ...(asOf === undefined ? [] : [{ until: { $gt: asOf } }]),
    ...(knownAt === undefined
      ? []
      : [{ ...seenWhole({ ...(asOf !== undefined && { asOf }) }), known: { $gt: knownAt } }]),
  ];
}
