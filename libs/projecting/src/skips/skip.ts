import type { Actor } from '#kernel';

/** A decision that a projection may leave out an event that it cannot take. */
export interface Skip {
  readonly position: string;
  readonly eventId: string;
  readonly type: string;
  /** Who decided. */
  readonly by: Actor;
  /** When: RFC 3339. */
  readonly at: string;
  readonly reason: string;
}
