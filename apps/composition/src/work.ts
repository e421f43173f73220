import type { INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Logger } from 'pino';
import type { DecisionCommand } from '#deciding';
import {
  followUpJobOf,
  ItemReader,
  makeSnapshotHandler,
  RecordSnapshotCommand,
  RoundSchedule,
  sendReminderJob,
  SnapshotWriter,
} from '#follow-up';
import type { RecordSnapshot, WebhookReceiver } from '#follow-up';
import type { JobHandler, Jobs } from '#jobs';
import { describeError, EventCatalog, newId, systemClock } from '#kernel';
import type { Clock } from '#kernel';
import { EventJobs, rebuildProjection } from '#operations';
import { ProjectionAdmin, ReadModels } from '#projecting';
import type { Stores } from './stores.js';

const atOnce = 4;
const startAgainMilliseconds = 5_000;

export interface WorkOptions {
  readonly stores: Stores;
  readonly jobs: Jobs;
  readonly logger: Logger;
  /** Who is told of reminders; nobody where it is left out. */
  readonly reminders?: WebhookReceiver;
  readonly clock?: Clock;
}

/**
 * Everything that is done later: snapshots of frozen rounds, rounds that a schedule opens, reminds of and freezes,
 * reminders, rebuilds. Any number of processes may work on the same jobs.
 */
export class Work {
  readonly #eventJobs: EventJobs;
  readonly #schedule: RoundSchedule;
  readonly #handlers: readonly JobHandler[];
  #startAgain: NodeJS.Timeout | undefined;

  /** @param app the features, for their commands and queries */
  constructor(
    app: INestApplicationContext,
    private readonly options: WorkOptions,
  ) {
    const { clock = systemClock, jobs, logger, reminders, stores } = options;
    const bus = app.get(CommandBus);
    const readModels = app.get(ReadModels);
    const catalog = app.get(EventCatalog);
    const execute = (command: DecisionCommand) => bus.execute(command);
    this.#schedule = new RoundSchedule({ ...stores, jobs, readModels, clock, execute });
    const writer = new SnapshotWriter(stores.eventStore, stores.documentStore, catalog, recordBy(execute));
    const reader = app.get(ItemReader, { strict: false });
    this.#handlers = [
      rebuildProjection(app.get(ProjectionAdmin)),
      makeSnapshotHandler(writer),
      ...this.#schedule.handlers,
      ...(reminders ? [sendReminderJob(reminders, { ...stores, catalog, readModels, reader, clock })] : []),
    ];
    const names = this.#handlers.map(({ name }) => name);
    this.#eventJobs = new EventJobs({
      ...stores,
      jobs,
      logger,
      jobOf: (event) => {
        const job = followUpJobOf(event);
        // What nobody here would do is not left to lie.
        return job && names.includes(job.name) ? job : undefined;
      },
    });
  }

  /** Begins. Stop it before the jobs and the stores are closed. */
  start(): void {
    const { jobs, logger } = this.options;
    jobs.work(this.#handlers, { concurrency: atOnce, logger });
    this.#eventJobs.start();
    this.#startSchedule();
  }

  async stop(): Promise<void> {
    clearTimeout(this.#startAgain);
    await this.#eventJobs.stop();
  }

  /** The first sweep is left again and again, until the queue has taken it: the others follow from it. */
  #startSchedule(): void {
    this.#schedule.start().catch((error: unknown) => {
      this.options.logger.warn({ error: describeError(error) }, 'the schedule of rounds waits for the jobs');
      this.#startAgain = setTimeout(() => this.#startSchedule(), startAgainMilliseconds);
    });
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
