import type { RecordedEvent, StoredEvent, TimeSlices } from '#kernel';
import type { Snapshot } from '../format/snapshot.js';

/** What a snapshot is made of. */
export interface SnapshotSubject {
  readonly tenant: string;
  readonly roundId: string;
  readonly planId: string;
  /** The event that bounds the issue; undefined for everything that is known, which is no issue. */
  readonly bound: StoredEvent | undefined;
  /** Whether a plan that the council adopted is one of the council whoever owns it: from rule 6 on. */
  readonly adoptedIsOwn?: true;
}

/** A fold under way. It takes events in the order of the log. */
export interface SnapshotFold {
  take(event: RecordedEvent): void;
  /**
   * The snapshot of what was taken, made in slices: it is long work where a plan is large.
   * `unknown` names the streams, as `<category>-<id>`, of what it speaks of and was not told: what belongs to other plans.
   */
  result(slices: TimeSlices): Promise<SnapshotOfFold>;
}

export interface SnapshotOfFold {
  readonly snapshot: Snapshot;
  readonly unknown: readonly string[];
}

/** How a log becomes a snapshot. A rule that has made one never changes. */
export interface SnapshotRule {
  readonly version: number;
  /** The types of event that it reads. */
  readonly reads: readonly string[];
  /** Those that it knows of and passes over. What it neither reads nor ignores came after it. */
  readonly ignores: readonly string[];
  /** Whether it reads an event, by its type and plan. */
  concerns(event: StoredEvent, planId: string): boolean;
  begin(subject: SnapshotSubject): SnapshotFold;
}
