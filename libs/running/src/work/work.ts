import type { CommandBus } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import type { DecisionCommand } from '#deciding';
import type { JobHandler, Jobs } from '#jobs';
import { newId } from '#kernel';
import type { Clock, EventCatalog } from '#kernel';
import { reminderJobOf, sendReminderJob } from '#notifying';
import type { WebhookReceiver } from '#notifying';
import { EventJobs, rebuildProjection, Reconciler, WantedRebuilds } from '#operations';
import type { ReconcilerPace } from '#operations';
import { LoadTaking, takeBackLoadHandler, takingBackJobOf } from '#importing';
import { carryOutRevisionHandler, ItemReader, revisionJobOf, RevisionProcess, SheetReader } from '#planning';
import type { ProjectionAdmin, ReadModels, Replay } from '#projecting';
import { carryOutReorganisationHandler, reorganisationJobOf, ReorganisationProcess } from '#reorganising';
import { cancellationJobOf, CancelledRounds, RecordSnapshotCommand, RoundSchedule } from '#rounds';
import { makeSnapshotHandler, PlanStreams, snapshotJobOf, SnapshotWriter } from '#snapshots';
import type { RecordSnapshot } from '#snapshots';
import type { Stores } from '../adapters/stores.js';

const atOnce = 4;

/** How often what is undone is tried again. Left out, it is as a worker is shipped. */
export interface WorkPace extends ReconcilerPace {
  /** How long a job that waits for a store rests at most before it looks again. */
  readonly longestWaitMilliseconds?: number;
}

export interface WorkOptions {
  readonly commands: CommandBus;
  readonly stores: Stores;
  readonly jobs: Jobs;
  readonly logger: Logger;
  readonly catalog: EventCatalog;
  readonly readModels: ReadModels;
  readonly replay: Replay;
  readonly projections: ProjectionAdmin;
  readonly clock: Clock;
  /** Who is told of reminders; nobody where it is left out. */
  readonly reminders?: WebhookReceiver;
  readonly pace?: WorkPace;
}

/**
 * Everything that is done later: snapshots of frozen rounds, what is left of revisions and reorganisations, rounds that a schedule opens, reminds of and freezes,
 * what follows from cancelled ones, reminders, rebuilds. Any number of processes may work on the same jobs.
 */
export class Work {
  readonly #eventJobs: EventJobs;
  readonly #reconciler: Reconciler;
  readonly #handlers: readonly JobHandler[];

  constructor(private readonly options: WorkOptions) {
    const {
      catalog,
      clock,
      commands,
      jobs,
      logger,
      pace = {},
      projections,
      readModels,
      reminders,
      replay,
      stores,
    } = options;
    const execute = (command: DecisionCommand) => commands.execute(command);
    const schedule = new RoundSchedule({ ...stores, readModels, clock, execute });
    const sheets = new SheetReader(readModels, replay);
    const cancelled = new CancelledRounds({ ...stores, readModels, sheets, replay, execute });
    const { documentStore, eventStore } = stores;
    const streams = new PlanStreams(readModels, projections);
    const writer = new SnapshotWriter(eventStore, documentStore, catalog, recordBy(execute), streams);
    const reader = new ItemReader(readModels, replay);
    this.#handlers = [
      rebuildProjection(projections),
      makeSnapshotHandler(writer),
      carryOutRevisionHandler(new RevisionProcess(eventStore, catalog, execute)),
      takeBackLoadHandler(new LoadTaking(eventStore, catalog, execute)),
      carryOutReorganisationHandler(new ReorganisationProcess(eventStore, catalog, execute)),
      schedule.handler,
      cancelled.handler,
      ...(reminders ? [sendReminderJob(reminders, { ...stores, catalog, readModels, reader, clock })] : []),
    ];
    this.#eventJobs = new EventJobs({
      ...stores,
      log: stores.log.watch,
      jobs,
      logger,
      // What nobody here would do is not left to lie.
      jobOf: (event) =>
        snapshotJobOf(event, catalog) ??
        revisionJobOf(event, catalog) ??
        takingBackJobOf(event, catalog) ??
        reorganisationJobOf(event, catalog) ??
        cancellationJobOf(event, catalog) ??
        (reminders && reminderJobOf(event, catalog)),
    });
    const works = [this.#eventJobs, schedule, cancelled, new WantedRebuilds(projections)];
    this.#reconciler = new Reconciler({ works, jobs, logger, pace });
  }

  /** Begins. Stop it before the jobs and the stores are closed. */
  start(): void {
    const { jobs, logger, pace = {} } = this.options;
    const { longestWaitMilliseconds } = pace;
    const waits = longestWaitMilliseconds === undefined ? {} : { longestWaitMilliseconds };
    jobs.work(this.#handlers, { concurrency: atOnce, logger, ...waits });
    this.#eventJobs.start();
    this.#reconciler.start();
  }

  async stop(): Promise<void> {
    await this.#reconciler.stop();
    await this.#eventJobs.stop();
  }

  /** Sees to everything that is due now, rather than at the next turn. @throws StoreUnavailable */
  look(): Promise<void> {
    return this.#reconciler.look();
  }

  /** @throws WorkUndone where what is due is not known, or has no job that lives; StoreUnavailable */
  async check(): Promise<void> {
    await this.#eventJobs.check();
    await this.#reconciler.check();
  }
}

/** The worker acts for the system: it records what follows from a freeze that somebody else has decided. */
function recordBy(execute: (command: DecisionCommand) => Promise<unknown>): RecordSnapshot {
  return ({ bytes, commandId, issue, roundId, rule, sha256, snapshotId, tenant }) => {
    const actor = { id: 'snapshot-worker', role: 'administrator' as const };
    const context = { tenant, actor, commandId, repeatable: true, correlationId: newId() };
    return execute(new RecordSnapshotCommand(roundId, { snapshotId, issue, rule, sha256, bytes }, context));
  };
}
