import type { StoredEvent } from '../events/envelope.js';
import { DomainError } from './domain-error.js';

/** Where a stream is not whole. */
export interface Damage {
  readonly stream: string;
  /** The revision that should come next. */
  readonly awaited: number;
  /** The revision of the event that is there instead; undefined where nothing is. */
  readonly found: number | undefined;
}

/**
 * A stream of the log is not whole: events of it were deleted, have expired, or were never ours. The log is the same one
 * as before. What is left is not the whole story, so nothing is decided on it; no retry helps, only whoever administers
 * the log. The API answers 503, since nothing is wrong with the request, yet without `Retry-After`.
 */
export class LogDamaged extends DomainError {
  readonly code = 'log-damaged';
  readonly status = 503;
  readonly title = 'The log is damaged';

  constructor(
    readonly damage: Damage,
    /** The events of the stream that can still be read, as far as they were asked for. */
    readonly left: readonly StoredEvent[] = [],
  ) {
    super(describeDamage(damage));
  }

  override get particulars(): Readonly<Record<string, unknown>> {
    return { ...this.damage };
  }
}

/** In words, such as for a list of all that is damaged. */
export function describeDamage({ awaited, found, stream }: Damage): string {
  if (found === awaited) return `The log is damaged: the event at revision ${found} of ${stream} is none of ours`;
  const there = found === undefined ? 'nothing is' : `revision ${found} is`;
  return `The log is damaged: revision ${awaited} of ${stream} is missing, and ${there} there instead`;
}
