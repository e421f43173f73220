import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { watchedLog } from '#continuity';
import type { WatchedLog } from '#continuity';
import { openSqliteDocumentStore } from '#document-store/sqlite';
import type { DocumentStore } from '#document-store';
import { openSqliteEventStore } from '#event-store/sqlite';
import { copyOfLogFile, replaceLogFile } from '#event-store/testing';
import type { Job, JobHandler, Jobs, NewJob } from '#jobs';
import { openInProcessJobs } from '#jobs/in-process';
import { CorruptEvent, newId, NotFound, pause, streamName } from '#kernel';
import type { EventEnvelope, StoredEvent } from '#kernel';
import { eventually } from '#kernel/testing';
import { EventJobs } from './event-jobs.js';
import { Reconciler } from './reconciler.js';
import { WorkUndone } from './work-undone.js';

const tenant = 'uppsala';
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
/** A look comes when a test asks for it, and gives another run to what has just ended. */
const pace = { lookEveryMilliseconds: 3_600_000, restMilliseconds: 0 };

/** Whether what could not be read can be read by now. */
let mended = false;

const jobOf = ({ data, type }: StoredEvent): NewJob | undefined => {
  if (data['round'] === 'unreadable' && !mended) throw new CorruptEvent(type, 'has another form');
  return type === 'Frozen' ? { name: 'make', key: data['round'] as string, tenant, data } : undefined;
};

describe('Work that events lead to', () => {
  let folder: string;
  let log: WatchedLog;
  let documentStore: DocumentStore;
  let jobs: Jobs;
  /** The queue as it is now. */
  const queue: Pick<Jobs, 'enqueue' | 'retry' | 'status'> = {
    enqueue: (job) => jobs.enqueue(job),
    retry: (id, ended) => jobs.retry(id, ended),
    status: (job) => jobs.status(job),
  };
  let running: { eventJobs: EventJobs; reconciler: Reconciler }[];
  let made: string[];
  let broken: boolean;
  let told: object[];
  const noting = { ...silent, error: (fields: object) => void told.push(fields) };

  const handler: JobHandler = {
    name: 'make',
    attempts: 1,
    backoffMilliseconds: 1,
    run: async ({ round }) => {
      if (broken) throw new Error('The disk is full');
      made.push(round as string);
      return undefined;
    },
  };

  beforeEach(async () => {
    mended = false;
    folder = await mkdtemp(join(tmpdir(), 'sparbar-due-'));
    documentStore = openSqliteDocumentStore(join(folder, 'documents.db'));
    log = watchedLog(openSqliteEventStore(join(folder, 'events.db')), documentStore, { milliseconds: 20 });
    jobs = openInProcessJobs(join(folder, 'jobs.db'));
    [running, made, broken, told] = [[], [], false, []];
  });
  afterEach(async () => {
    for (const { eventJobs, reconciler } of running) await Promise.all([reconciler.stop(), eventJobs.stop()]);
    await Promise.all([jobs.close(), log.eventStore.close()]);
    await documentStore.close();
    await rm(folder, { recursive: true });
  });

  async function record(type: string, round: string, store = log.eventStore): Promise<void> {
    const id = newId();
    const envelope: EventEnvelope = {
      id,
      type,
      data: { round },
      metadata: {
        ...{ tenant, schema: 1, recordedAt: '2025-01-01T00:00:00.000Z', effectiveOn: '2025-01-01' },
        ...{ actor: { id: 'someone', role: 'controller' }, commandId: id, commandDigest: '0' },
        ...{ correlationId: id, causationId: id },
      },
    };
    await store.append(streamName(tenant, 'round', round), [envelope], 'no-stream');
  }

  /** What a process does that begins to lead. Resolves when it has met the log. */
  async function begin() {
    const eventJobs = new EventJobs({
      eventStore: log.eventStore,
      log: log.watch,
      documentStore,
      jobs: queue,
      jobOf,
      logger: noting,
    });
    const reconciler = new Reconciler({ works: [eventJobs], jobs: queue, logger: silent, pace });
    running.push({ eventJobs, reconciler });
    eventJobs.start();
    await until(
      async () =>
        await eventJobs.check().then(
          () => true,
          // Of events that cannot be read it is said when all were met.
          (error: unknown) => String(error).includes('cannot be read'),
        ),
    );
    return { eventJobs, reconciler };
  }

  const until = (isSo: () => Promise<boolean>) => eventually('What is waited for', isSo, Boolean, 10_000);

  const becomes = (round: string, state: Job['state']) =>
    until(async () => (await jobs.status({ name: 'make', key: round, tenant })).state === state);

  /** As a Redis does that is flushed, or comes back with nothing. */
  async function loseEverything(): Promise<void> {
    await jobs.close();
    jobs = openInProcessJobs(join(folder, `jobs-${newId()}.db`));
  }

  it('is left again where the queue lost it, and said to be undone until it is', async () => {
    await record('Frozen', 'one');
    const { reconciler } = await begin();
    await reconciler.check();
    await loseEverything();
    await expect(reconciler.check()).rejects.toThrow(WorkUndone);
    await reconciler.look();
    await reconciler.check();
    jobs.work([handler]);
    await becomes('one', 'completed');
    expect(made).toEqual(['one']);
  });

  it('is left again also by a process that began after it was lost', async () => {
    await record('Frozen', 'one');
    await record('Opened', 'two');
    const first = await begin();
    await first.reconciler.look();
    await first.eventJobs.stop();
    await loseEverything();
    await begin();
    jobs.work([handler]);
    await becomes('one', 'completed');
    expect(made).toEqual(['one']);
  });

  it('is not done again once it is known to be done, whatever the queue loses and whoever begins', async () => {
    await record('Frozen', 'one');
    await record('Frozen', 'two');
    const { reconciler } = await begin();
    jobs.work([handler]);
    for (const round of ['one', 'two']) await becomes(round, 'completed');
    await reconciler.look();
    await loseEverything();
    await reconciler.look();
    const later = await begin();
    await later.reconciler.look();
    await expect(jobs.status({ name: 'make', key: 'one', tenant })).rejects.toThrow(NotFound);
    expect(made).toEqual(['one', 'two']);
  });

  it('is not forgotten behind what was done after it', async () => {
    await record('Frozen', 'one');
    await record('Frozen', 'two');
    broken = true;
    const { reconciler } = await begin();
    const worker = jobs.work([handler]);
    for (const round of ['one', 'two']) await becomes(round, 'failed');
    await worker.stop();
    broken = false;
    const { id } = await jobs.status({ name: 'make', key: 'one', tenant });
    await jobs.retry((await jobs.status({ name: 'make', key: 'two', tenant })).id);
    const again = jobs.work([handler]);
    // The second alone is done.
    await becomes('two', 'completed');
    expect((await jobs.status(id)).state).toBe('failed');
    await again.stop();
    await reconciler.look();
    await loseEverything();
    await begin();
    expect(await jobs.status({ name: 'make', key: 'one', tenant })).toMatchObject({ state: 'waiting' });
  });

  it('is kept from nobody by events that cannot be read, which are named', async () => {
    await record('Frozen', 'unreadable');
    await record('Frozen', 'one');
    const { eventJobs, reconciler } = await begin();
    jobs.work([handler]);
    await becomes('one', 'completed');
    expect(eventJobs.position).toBe(await log.eventStore.head());
    await reconciler.check();
    expect(told).toMatchObject([{ type: 'Frozen', error: 'CorruptEvent: The event Frozen has another form' }]);
  });

  it('is done when an event can be read that could not be, by the same process or by one that starts then', async () => {
    for (const event of ['first', 'unreadable', 'last']) await record('Frozen', event);
    const first = await begin();
    jobs.work([handler]);
    await becomes('last', 'completed');
    await first.reconciler.look();
    await expect(first.eventJobs.check()).rejects.toThrow(/\(Frozen of .*\) cannot be read/);
    expect(told).toHaveLength(1);
    await first.eventJobs.stop();
    const second = await begin();
    await expect(second.eventJobs.check()).rejects.toThrow(WorkUndone);
    mended = true;
    await second.reconciler.look();
    await becomes('unreadable', 'completed');
    await second.reconciler.look();
    await second.eventJobs.check();
    expect(made.sort()).toEqual(['first', 'last', 'unreadable']);
  });

  it('is given another run where its job has failed, and said to be undone until then', async () => {
    await record('Frozen', 'one');
    broken = true;
    const { reconciler } = await begin();
    jobs.work([handler]);
    await becomes('one', 'failed');
    await expect(reconciler.check()).rejects.toThrow(/make has failed/);
    broken = false;
    await Promise.all([reconciler.look(), reconciler.look()]);
    await becomes('one', 'completed');
    await reconciler.look();
    await reconciler.check();
    expect(made).toEqual(['one']);
  });

  describe('where the log is another one than before', () => {
    const file = () => join(folder, 'events.db');
    const accept = () => log.admin.accept('The disk was lost', { id: 'operator', role: 'administrator' });
    const stateOf = async (round: string) =>
      (await jobs.status({ name: 'make', key: round, tenant }).catch(() => undefined))?.state;

    /** A log whose work is done, and a copy of it from before `two` and `three`. */
    async function done(): Promise<string> {
      await record('Frozen', 'one');
      const copy = await copyOfLogFile(file());
      for (const round of ['two', 'three']) await record('Frozen', round);
      const { reconciler } = await begin();
      jobs.work([handler]);
      for (const round of ['one', 'two', 'three']) await becomes(round, 'completed');
      await reconciler.look();
      return copy;
    }

    it('leads to nothing until the log is accepted, and then to what that log holds, in a process that goes on', async () => {
      const copy = await done();
      await replaceLogFile(file(), copy);
      const other = openSqliteEventStore(file());
      // As far as the place that was noted, and further.
      for (const round of ['four', 'five', 'six', 'seven']) await record('Frozen', round, other);
      await other.close();
      await until(async () => log.watch.replaced !== undefined);
      await expect(running[0]!.eventJobs.check()).rejects.toThrow(WorkUndone);
      expect(await Promise.all(['four', 'five', 'six', 'seven'].map(stateOf))).toEqual(Array(4).fill(undefined));
      await accept();
      for (const round of ['four', 'five', 'six', 'seven']) await becomes(round, 'completed');
      expect(made).toEqual(['one', 'two', 'three', 'four', 'five', 'six', 'seven']);
    });

    it('is not skipped by a process that begins later, whose noted place the log has outgrown', async () => {
      const copy = await done();
      await running[0]!.eventJobs.stop();
      await log.eventStore.close();
      await replaceLogFile(file(), copy);
      const other = openSqliteEventStore(file());
      for (const round of ['four', 'five', 'six', 'seven']) await record('Frozen', round, other);
      await other.close();
      // Nothing is known of the log but the place that was noted.
      await documentStore.drop('log');
      log = watchedLog(openSqliteEventStore(file()), documentStore, { milliseconds: 20 });
      const later = new EventJobs({
        ...{ eventStore: log.eventStore, log: log.watch, documentStore, jobs: queue, jobOf, logger: silent },
      });
      running.push({
        eventJobs: later,
        reconciler: new Reconciler({ works: [later], jobs: queue, logger: silent, pace }),
      });
      later.start();
      await until(async () => log.watch.replaced !== undefined);
      await accept();
      for (const round of ['four', 'five', 'six', 'seven']) await becomes(round, 'completed');
    });
  });

  it('is left alone for a while after it has failed', async () => {
    await record('Frozen', 'one');
    broken = true;
    const { eventJobs } = await begin();
    jobs.work([handler]);
    await becomes('one', 'failed');
    const patient = new Reconciler({ works: [eventJobs], jobs, logger: silent, pace: { restMilliseconds: 60_000 } });
    await patient.look();
    expect((await jobs.status({ name: 'make', key: 'one', tenant })).state).toBe('failed');
  });
});

describe('Work that is due until it is seen to be done', () => {
  it('is given another run where its job completed in vain, and may be refused', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'sparbar-due-'));
    const jobs = openInProcessJobs(join(folder, 'jobs.db'));
    const action: NewJob = { name: 'act', key: 'freeze', tenant, data: {} };
    let left = 2;
    const schedule = { mayBeRefused: true, due: async () => (left > 0 ? [action] : []) };
    const reconciler = new Reconciler({ works: [schedule], jobs, logger: silent, pace });
    const handler = { name: 'act', attempts: 1, backoffMilliseconds: 1, run: async () => --left };
    try {
      await expect(reconciler.check()).rejects.toThrow(WorkUndone);
      jobs.work([handler]);
      for (const deadline = Date.now() + 10_000; left > 0 && Date.now() < deadline; await pause(10)) {
        await reconciler.look();
        await reconciler.check();
      }
      expect(left).toBe(0);
    } finally {
      await jobs.close();
      await rm(folder, { recursive: true });
    }
  });
});
