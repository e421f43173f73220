import type { DocumentStore } from '#document-store';
import { idOf, NotFound } from '#kernel';
import type { EventCatalog } from '#kernel';
import { foldSnapshot, sha256Of } from './fold-snapshot.js';
import type { FoldOptions, SnapshotLog } from './fold-snapshot.js';
import { issuesOfRound } from './issues-of-round.js';
import { SnapshotDiffers } from './snapshot-differs.js';
import { SnapshotShelf } from './snapshot-shelf.js';
import type { SnapshotFacts } from './snapshot-shelf.js';

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
  ) {
    this.#shelf = new SnapshotShelf(documentStore);
  }

  /**
   * Where it is kept as it was recorded nothing is left to do, and the log is not folded again.
   * @throws NotFound where there is no such issue; SnapshotDiffers where other bytes were recorded or kept for it, in
   * which case nothing is written
   */
  async make({ issue, roundId, tenant }: WantedSnapshot, options: FoldOptions = {}): Promise<SnapshotFacts> {
    const issues = await issuesOfRound(this.log, this.catalog, tenant, roundId);
    const known = issues.find((one) => one.issue === issue);
    if (!known) throw new NotFound('issue of the round', String(issue));
    const { planId, recorded, rule, snapshotId } = known;
    const about = { snapshotId, tenant, roundId, planId, issue, rule };
    if (recorded && (await this.#isKept(snapshotId, recorded.sha256))) {
      return { ...about, sha256: recorded.sha256, bytes: recorded.bytes };
    }
    const { bytes, sha256 } = await foldSnapshot(this.log, this.catalog, { tenant, roundId, issue }, options);
    if (recorded && recorded.sha256 !== sha256) {
      throw new SnapshotDiffers(snapshotId, 'recorded', recorded.sha256, sha256);
    }
    const facts = { ...about, sha256, bytes: bytes.length };
    options.signal?.throwIfAborted();
    await this.#shelf.keep(facts, bytes);
    if (!recorded) await this.record({ ...facts, commandId: idOf('record-snapshot', snapshotId) });
    return facts;
  }

  async #isKept(snapshotId: string, sha256: string): Promise<boolean> {
    const kept = await this.#shelf.bytes(snapshotId);
    return kept !== undefined && sha256Of(kept) === sha256;
  }
}
