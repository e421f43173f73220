import type { RoundContent, RoundRef } from '../../format/snapshot.js';
import type { Fact } from './fact.js';
import type { Log, RoundStory } from './log.js';
import type { Names } from './names.js';

/** What every part of a snapshot is seen in: the round, the names on its day, and which issue is made. */
export interface Frame {
  readonly log: Log;
  readonly names: Names;
  readonly planId: string;
  /** The body that owns the plan. */
  readonly ownerId: string;
  /** Whether it is a plan of the council, which gives bodies their assignments. */
  readonly isOfCouncil: boolean;
  readonly round: RoundContent;
  readonly story: RoundStory;
  readonly previousRound: RoundRef | null;
  /** The place in the log at which the previous round was frozen; undefined where it never was. */
  readonly previousFrozenAt: number | undefined;
  /** The place in the log of the issue that is replaced; undefined where none is. */
  readonly replacedAt: number | undefined;
  /** Up to which day values of indicators count: they speak of the day on which they became known. */
  readonly valuesUpTo: string;
  /** `true` of what was recorded after the first issue was frozen, else undefined. */
  readonly isLate: (fact: Fact) => true | undefined;
}
