import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE } from '#deciding';
import type { DocumentStore } from '#document-store';
import type { EventStore } from '#event-store';
import { CostlyWork } from '#http-api';
import { EventCatalog, NotFound } from '#kernel';
import type { Damage } from '#kernel';
import { noteDamage, ReadModels } from '#projecting';
import { workBeside } from '../beside/work-beside.js';
import type { SnapshotTask, SnapshotWorks } from '../beside/snapshot-in-thread.js';
import type { SnapshotComparison } from '../comparison/compare-snapshots.js';
import { PlanStreams } from '../read-models/plan-streams/plan-streams.js';
import { snapshotDirectory } from '../read-models/snapshot-directory/snapshot-directory.projection.js';
import { foldSnapshot, sha256Of } from '../rules/fold-snapshot.js';
import type { SnapshotBound, SnapshotLog, StreamsOfPlan } from '../rules/fold-snapshot.js';
import { InspectedLog } from './inspected-log.js';
import { issuesOfRound } from './issues-of-round.js';
import type { RoundIssue } from './issues-of-round.js';
import { SnapshotDiffers } from './snapshot-differs.js';
import { snapshotIdOf } from './snapshot-id.js';
import { SnapshotShelf } from './snapshot-shelf.js';

/** What an app's composition provides under this name: the documents that snapshots are kept in. */
export const SNAPSHOT_DOCUMENTS = Symbol('documents of snapshots');

/** A snapshot whose bytes have the SHA-256 that the log recorded for them. */
export interface ReadSnapshot {
  readonly issue: RoundIssue;
  readonly bytes: Buffer;
  readonly sha256: string;
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
  /** The streams that were read and are not whole, at most a hundred. */
  readonly damaged: Damage[];
  readonly damagedStreams: number;
}

const listed = 100;

/**
 * The snapshots that there are, read and checked. What is kept is read at the cost of its own size; whatever folds the log
 * takes its turn, and ends where the caller's signal aborts.
 */
@Injectable()
export class SnapshotArchive {
  readonly #shelf: SnapshotShelf;

  constructor(
    @Inject(EVENT_STORE) private readonly log: EventStore,
    @Inject(SNAPSHOT_DOCUMENTS) documentStore: DocumentStore,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(CostlyWork) private readonly costly: CostlyWork,
    @Inject(PlanStreams) private readonly streams: StreamsOfPlan,
  ) {
    this.#shelf = new SnapshotShelf(documentStore);
  }

  /** The issues of a round, oldest first. @throws NotFound */
  ofRound(tenant: string, roundId: string): Promise<RoundIssue[]> {
    return issuesOfRound(this.log, this.catalog, tenant, roundId);
  }

  /** @throws NotFound; ReadModelsBehind where the documents do not know it, and lack events that may tell of it */
  async issue(tenant: string, snapshotId: string): Promise<RoundIssue> {
    const roundId = await this.#roundOf(tenant, snapshotId);
    const issues = roundId === undefined ? [] : await this.ofRound(tenant, roundId);
    const found = issues.find((one) => one.snapshotId === snapshotId);
    if (!found) throw new NotFound('snapshot', snapshotId);
    return found;
  }

  /**
   * A snapshot with its bytes: the kept ones, or where those are lost, the same ones folded anew.
   * @throws NotFound where it does not exist or has not been made yet; TooBusy; SnapshotDiffers where the bytes are not those
   * that the log recorded
   */
  async read(tenant: string, snapshotId: string, signal: AbortSignal): Promise<ReadSnapshot> {
    const issue = await this.issue(tenant, snapshotId);
    if (!issue.recorded) throw new NotFound('snapshot that has been made', snapshotId);
    const bytes =
      (await this.#shelf.bytes(snapshotId, issue.boundBy)) ?? (await this.#fold(tenant, issue, signal)).bytes;
    const sha256 = await sha256Of(bytes);
    if (sha256 !== issue.recorded.sha256) throw new SnapshotDiffers(snapshotId, 'kept', sha256, issue.recorded.sha256);
    return { issue, bytes, sha256 };
  }

  /** Folds the log anew, and tells whether the kept bytes and the recorded SHA-256 are what comes out. @throws NotFound, TooBusy */
  async verify(tenant: string, snapshotId: string, signal: AbortSignal): Promise<SnapshotVerification> {
    const issue = await this.issue(tenant, snapshotId);
    const log = new InspectedLog(this.log);
    const { bytes, end, events, sha256: folded } = await log.whileWhole(() => this.#fold(tenant, issue, signal, log));
    const damaged = await log.damaged(end);
    const keptBytes = await this.#shelf.bytes(snapshotId, issue.boundBy);
    const kept = keptBytes && (await sha256Of(keptBytes));
    const recorded = issue.recorded?.sha256;
    const verdict = verdictOf({ folded, recorded, kept, sameBytes: keptBytes?.equals(bytes) ?? false });
    return {
      snapshotId,
      verdict,
      folded,
      ...(recorded && { recorded }),
      ...(kept && { kept }),
      events,
      damaged: damaged.slice(0, listed),
      damagedStreams: damaged.length,
    };
  }

  /**
   * What a snapshot reported, against another one or what is known now. Where the log is not whole, that is noted.
   * @param withId the id of the other snapshot, or `now`
   * @throws NotFound, TooBusy, LogDamaged
   */
  async compare(tenant: string, snapshotId: string, withId: string, signal: AbortSignal): Promise<SnapshotComparison> {
    const then = await this.read(tenant, snapshotId, signal);
    const against = async (other: Uint8Array) => {
      const task = { work: 'comparison' as const, bytes: then.bytes, other };
      return this.costly.reports.run(tenant, signal, () => workBeside(task, signal));
    };
    if (withId !== 'now') return against((await this.read(tenant, withId, signal)).bytes);
    const log = new InspectedLog(this.log);
    const now = await log.whileWhole(() => this.#fold(tenant, { ...then.issue, issue: 'now' }, signal, log));
    for (const damage of await log.damaged(now.end)) noteDamage(damage);
    return against(now.bytes);
  }

  /** A snapshot in another form. @throws NotFound, TooBusy, TakesTooMuch, SnapshotDiffers */
  async form<Form extends 'report' | 'table' | 'indicator-table' | 'workbook'>(
    form: Form,
    tenant: string,
    snapshotId: string,
    signal: AbortSignal,
  ): Promise<SnapshotWorks[Form]['made']> {
    const { bytes, sha256 } = await this.read(tenant, snapshotId, signal);
    const origin = { snapshotId, sha256, bytes: bytes.length };
    const task = { work: form, bytes, origin } as unknown as Extract<SnapshotTask, { readonly work: Form }>;
    return this.costly.reports.run(tenant, signal, () => workBeside<Form>(task, signal));
  }

  #fold(
    tenant: string,
    { issue, roundId }: Pick<SnapshotBound, 'issue' | 'roundId'>,
    signal: AbortSignal,
    log: SnapshotLog = this.log,
  ) {
    const bound = { tenant, roundId, issue };
    const options = { signal, streams: this.streams };
    return this.costly.folds.run(tenant, signal, () => foldSnapshot(log, this.catalog, bound, options));
  }

  /**
   * The log itself is not searched: an id that leads nowhere costs no more where the log is long. Only where the documents
   * do not know it are they given the time to come to the end of the log, as what was frozen just now is known to it alone.
   */
  async #roundOf(tenant: string, snapshotId: string): Promise<string | undefined> {
    const found = (await this.#onShelf(tenant, snapshotId)) ?? (await this.#inDirectory(tenant, snapshotId));
    if (found) return found;
    await this.readModels.waitFor(await this.log.head(), { tenant });
    return this.#inDirectory(tenant, snapshotId);
  }

  async #onShelf(tenant: string, snapshotId: string): Promise<string | undefined> {
    const facts = await this.#shelf.facts(snapshotId);
    // What is kept is only believed as far as the id follows from it.
    const told = facts && snapshotIdOf(tenant, facts.roundId, facts.issue) === snapshotId;
    return told ? facts.roundId : undefined;
  }

  async #inDirectory(tenant: string, snapshotId: string): Promise<string | undefined> {
    const place = await this.readModels.get(snapshotDirectory, snapshotId);
    return place?.tenant === tenant ? place.roundId : undefined;
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
