import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE } from '#deciding';
import type { DocumentStore } from '#document-store';
import type { EventStore } from '#event-store';
import { EventCatalog, NotFound, startOfLog } from '#kernel';
import { compareSnapshots } from './compare-snapshots.js';
import type { SnapshotComparison } from './compare-snapshots.js';
import { foldSnapshot, sha256Of, snapshotIdOf } from './fold-snapshot.js';
import { issuesOfRound } from './issues-of-round.js';
import type { RoundIssue } from './issues-of-round.js';
import { SnapshotDiffers } from './snapshot-differs.js';
import type { Snapshot } from './snapshot-rule.js';
import { SnapshotShelf } from './snapshot-shelf.js';

/** What an app's composition provides under this name: the documents that snapshots are kept in. */
export const SNAPSHOT_DOCUMENTS = Symbol('documents of snapshots');

/** A snapshot whose bytes have the SHA-256 that the log recorded for them. */
export interface ReadSnapshot {
  readonly issue: RoundIssue;
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly snapshot: Snapshot;
}

export const verdicts = [
  'same',
  'not-made-yet',
  'kept-bytes-missing',
  'kept-bytes-differ',
  'recorded-hash-differs',
] as const;

/** What a fold of the log says of a snapshot. */
export interface SnapshotVerification {
  readonly snapshotId: string;
  readonly verdict: (typeof verdicts)[number];
  /** SHA-256 of what the log gives now. */
  readonly folded: string;
  /** SHA-256 that the log recorded. */
  readonly recorded?: string;
  /** SHA-256 of the bytes that are kept. */
  readonly kept?: string;
  /** How many events of the log were read. */
  readonly events: number;
}

const pageSize = 2_000;

/** The snapshots that there are, read and checked. */
@Injectable()
export class SnapshotArchive {
  readonly #shelf: SnapshotShelf;

  constructor(
    @Inject(EVENT_STORE) private readonly log: EventStore,
    @Inject(SNAPSHOT_DOCUMENTS) documentStore: DocumentStore,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
  ) {
    this.#shelf = new SnapshotShelf(documentStore);
  }

  /** The issues of a round, oldest first. @throws NotFound */
  ofRound(tenant: string, roundId: string): Promise<RoundIssue[]> {
    return issuesOfRound(this.log, this.catalog, tenant, roundId);
  }

  /** @throws NotFound */
  async issue(tenant: string, snapshotId: string): Promise<RoundIssue> {
    const roundId = (await this.#roundOnShelf(tenant, snapshotId)) ?? (await this.#roundInLog(tenant, snapshotId));
    const issues = roundId === undefined ? [] : await this.ofRound(tenant, roundId);
    const found = issues.find((one) => one.snapshotId === snapshotId);
    if (!found) throw new NotFound('snapshot', snapshotId);
    return found;
  }

  /**
   * A snapshot with its bytes: the kept ones, or where those are lost, the same ones folded anew.
   * @throws NotFound where it does not exist or has not been made yet; SnapshotDiffers where the bytes are not those
   * that the log recorded
   */
  async read(tenant: string, snapshotId: string): Promise<ReadSnapshot> {
    const issue = await this.issue(tenant, snapshotId);
    if (!issue.recorded) throw new NotFound('snapshot that has been made', snapshotId);
    const bytes = (await this.#shelf.bytes(snapshotId)) ?? (await this.#fold(tenant, issue)).bytes;
    const sha256 = sha256Of(bytes);
    if (sha256 !== issue.recorded.sha256) throw new SnapshotDiffers(snapshotId, 'kept', sha256, issue.recorded.sha256);
    return { issue, bytes, sha256, snapshot: JSON.parse(bytes.toString('utf8')) as Snapshot };
  }

  /** Folds the log anew, and tells whether the kept bytes and the recorded SHA-256 are what comes out. @throws NotFound */
  async verify(tenant: string, snapshotId: string): Promise<SnapshotVerification> {
    const issue = await this.issue(tenant, snapshotId);
    const { bytes, events, sha256: folded } = await this.#fold(tenant, issue);
    const keptBytes = await this.#shelf.bytes(snapshotId);
    const kept = keptBytes && sha256Of(keptBytes);
    const recorded = issue.recorded?.sha256;
    const verdict = verdictOf({ folded, recorded, kept, sameBytes: keptBytes?.equals(bytes) ?? false });
    return { snapshotId, verdict, folded, ...(recorded && { recorded }), ...(kept && { kept }), events };
  }

  /**
   * What a snapshot reported, against another one or what is known now.
   * @param withId the id of the other snapshot, or `now`
   * @throws NotFound
   */
  async compare(tenant: string, snapshotId: string, withId: string): Promise<SnapshotComparison> {
    const then = await this.read(tenant, snapshotId);
    if (withId !== 'now') return compareSnapshots(then.snapshot, (await this.read(tenant, withId)).snapshot);
    const { roundId } = then.issue;
    const now = await foldSnapshot(this.log, this.catalog, { tenant, roundId, issue: 'now' });
    return compareSnapshots(then.snapshot, now.snapshot);
  }

  #fold(tenant: string, { issue, roundId }: RoundIssue) {
    return foldSnapshot(this.log, this.catalog, { tenant, roundId, issue });
  }

  async #roundOnShelf(tenant: string, snapshotId: string): Promise<string | undefined> {
    const facts = await this.#shelf.facts(snapshotId);
    // What is kept is only believed as far as the id follows from it.
    const told = facts && snapshotIdOf(tenant, facts.roundId, facts.issue) === snapshotId;
    return told ? facts.roundId : undefined;
  }

  /** Where nothing is kept yet, or it was lost, the log still knows every issue. Reads the log through. */
  async #roundInLog(tenant: string, snapshotId: string): Promise<string | undefined> {
    for (let after = startOfLog; ;) {
      const page = await this.log.readAll({ tenant, after, limit: pageSize });
      for (const { data, type } of page) {
        if (type !== 'RoundFrozen' && type !== 'SnapshotReissued') continue;
        const { issue, roundId } = data as { issue: number; roundId: string };
        if (snapshotIdOf(tenant, roundId, issue) === snapshotId) return roundId;
      }
      if (page.length < pageSize) return undefined;
      after = page.at(-1)!.position;
    }
  }
}

function verdictOf({
  folded,
  kept,
  recorded,
  sameBytes,
}: {
  folded: string;
  kept: string | undefined;
  recorded: string | undefined;
  sameBytes: boolean;
}): SnapshotVerification['verdict'] {
  if (recorded === undefined) return 'not-made-yet';
  if (recorded !== folded) return 'recorded-hash-differs';
  if (kept === undefined) return 'kept-bytes-missing';
  return sameBytes ? 'same' : 'kept-bytes-differ';
}
