import type { DocumentStore } from '#document-store';
import { idOf, NotFound } from '#kernel';
import type { EventCatalog } from '#kernel';
import { foldSnapshot, sha256Of } from '../rules/fold-snapshot.js';
import type { FoldOptions, SnapshotLog, StreamsOfPlan } from '../rules/fold-snapshot.js';
import { issuesOfRound } from '../shelf/issues-of-round.js';
import type { RoundIssue } from '../shelf/issues-of-round.js';
import { SnapshotDiffers } from '../shelf/snapshot-differs.js';
import { SnapshotShelf } from '../shelf/snapshot-shelf.js';
import type { SnapshotFacts } from '../shelf/snapshot-shelf.js';

/** What the round is told of a snapshot that has been made. */
export interface SnapshotRecord extends SnapshotFacts {
  /** Always the same for one snapshot, so that a repeated record gets the first answer. */
  readonly commandId: string;
}

/** Has the round record a snapshot. May be called again with the same. */
export type RecordSnapshot = (record: SnapshotRecord) => Promise<unknown>;

/** Which snapshot is wanted. */
export interface WantedSnapshot {
  readonly tenant: string;
  readonly roundId: string;
  readonly issue: number;
  /** The event that bounds it; a log that holds another one for the issue is another log. */
  readonly boundBy?: string;
}

/**
 * Makes the snapshots of frozen rounds: folds, keeps the bytes, and has the round record their SHA-256, in that order.
 * Cut off anywhere and begun again, or run twice at once, it makes the same one snapshot.
 */
export class SnapshotWriter {
  readonly #shelf: SnapshotShelf;

  constructor(
    private readonly log: SnapshotLog,
    documentStore: DocumentStore,
    private readonly catalog: EventCatalog,
    private readonly record: RecordSnapshot,
    private readonly streams?: StreamsOfPlan,
  ) {
    this.#shelf = new SnapshotShelf(documentStore);
  }

  /**
   * Where it is kept as it was recorded nothing is left to do, and the log is not folded again.
   * @returns undefined where the log holds no issue that the event bounds
   * @throws NotFound where there is no such issue, and no event was named; SnapshotDiffers where other bytes were recorded or kept for it, in
   * which case nothing is written
   */
  async make(wanted: WantedSnapshot, options: Omit<FoldOptions, 'streams'> = {}): Promise<SnapshotFacts | undefined> {
    const { issue, roundId, tenant } = wanted;
    const known = await this.#issueOf(wanted);
    if (!known) return undefined;
    const { boundBy, planId, recorded, rule, snapshotId } = known;
    const about = { snapshotId, tenant, roundId, planId, issue, rule };
    if (recorded && (await this.#isKept(known, recorded.sha256))) {
      return { ...about, sha256: recorded.sha256, bytes: recorded.bytes };
    }
    const { bytes, sha256 } = await foldSnapshot(
      this.log,
      this.catalog,
      { tenant, roundId, issue },
      { ...options, ...(this.streams && { streams: this.streams }) },
    );
    if (recorded && recorded.sha256 !== sha256) {
      throw new SnapshotDiffers(snapshotId, 'recorded', recorded.sha256, sha256);
    }
    const facts = { ...about, sha256, bytes: bytes.length };
    options.signal?.throwIfAborted();
    await this.#shelf.keep(facts, bytes, boundBy);
    if (!recorded) await this.record({ ...facts, commandId: idOf('record-snapshot', snapshotId) });
    return facts;
  }

  async #issueOf({ boundBy, issue, roundId, tenant }: WantedSnapshot): Promise<RoundIssue | undefined> {
    const issues = await issuesOfRound(this.log, this.catalog, tenant, roundId).catch((error: unknown) => {
      if (boundBy !== undefined && error instanceof NotFound) return [];
      throw error;
    });
    const known = issues.find((one) => one.issue === issue && (boundBy === undefined || one.boundBy === boundBy));
    if (!known && boundBy === undefined) throw new NotFound('issue of the round', String(issue));
    return known;
  }

  async #isKept({ boundBy, snapshotId }: RoundIssue, sha256: string): Promise<boolean> {
    const kept = await this.#shelf.bytes(snapshotId, boundBy);
    return kept !== undefined && (await sha256Of(kept)) === sha256;
  }
}
