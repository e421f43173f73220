import type { KnownBy } from '#kernel';
import { toldOn } from '../told.js';
import type { Told } from '../told.js';

/** Who belongs to a group from a day on, until the next membership begins. */
export interface Membership extends Told {
  /** The ids of the bodies. */
  readonly members: readonly string[];
}

/**
 * The members on a day, as was known. Before the first membership nobody belongs to the group.
 * @param day ISO day
 * @param known left out, as is known now
 */
export const membersOn = (memberships: readonly Membership[], day: string, known: KnownBy = {}): readonly string[] =>
  toldOn(memberships, day, known)?.members ?? [];
