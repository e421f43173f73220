import { placeAfter } from '#kernel';

/** Who belongs to a group from a day on, until the next membership begins. */
export interface Membership {
  /** ISO day. */
  readonly since: string;
  /** The ids of the bodies. */
  readonly members: readonly string[];
  readonly recordedAt: string;
}

/** The memberships with one more, in the order of their days; within a day, the one recorded last comes last. */
export const withMembership = (memberships: readonly Membership[], added: Membership): readonly Membership[] =>
  memberships.toSpliced(placeOf(memberships, added), 0, added);

/** Where a membership that is recorded now comes among others. */
export const placeOf = (memberships: readonly Membership[], { since }: Membership): number =>
  placeAfter(memberships, since, (membership) => membership.since);

/**
 * The members on a day, as was known at an instant. Before the first membership nobody belongs to the group.
 * @param day ISO day
 * @param knownAt RFC 3339; left out, as is known now
 */
export const membersOn = (memberships: readonly Membership[], day: string, knownAt?: string): readonly string[] =>
  memberships.findLast(({ recordedAt, since }) => since <= day && (knownAt === undefined || recordedAt <= knownAt))
    ?.members ?? [];
