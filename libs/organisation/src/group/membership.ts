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
  [...memberships, added].sort((left, right) => (left.since < right.since ? -1 : left.since > right.since ? 1 : 0));

/**
 * The members on a day, as was known at an instant. Before the first membership nobody belongs to the group.
 * @param day ISO day
 * @param knownAt RFC 3339; left out, as is known now
 */
export const membersOn = (memberships: readonly Membership[], day: string, knownAt?: string): readonly string[] =>
  memberships.findLast(({ recordedAt, since }) => since <= day && (knownAt === undefined || recordedAt <= knownAt))
    ?.members ?? [];
