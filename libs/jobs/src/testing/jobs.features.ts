import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { inLanguage, NotFound, RuleViolation, StoreUnavailable, verbatim } from '#kernel';
import { eventually } from '#kernel/testing';
import { keptJobs } from '../jobs.port.js';
import type { EndedState, Job, JobHandler, Jobs, JobState, KeptJobs, WorkOptions } from '../jobs.port.js';
import { aHandler } from './examples.js';

/** A queue made for one test. */
export interface JobsUnderTest {
  readonly jobs: Jobs;
  /** Opens the same queue once more, as another process would. The suite closes it. @param kept what it keeps, if not as much as ever */
  readonly openAgain: (kept?: KeptJobs) => Promise<Jobs>;
  /** The command line and environment that let `worker-process.mjs` open the same queue. */
  readonly process: { readonly parameters: readonly string[]; readonly env: Readonly<Record<string, string>> };
  readonly remove: () => Promise<void>;
}

/** Short, so that what is abandoned is soon taken over. */
const quick: WorkOptions = { leaseMilliseconds: 1_000, graceMilliseconds: 300 };
const count = { name: 'count', key: 'one', data: { to: 3 } };
const page = { limit: 20, offset: 0 };

/** What every queue of jobs keeps to. An adapter's own specification calls this with a way to open a new one. */
export function describeJobs(name: string, open: () => Promise<JobsUnderTest>): void {
  describe(`The jobs on ${name}`, () => {
    let made: JobsUnderTest;
    let jobs: Jobs;
    const opened: Jobs[] = [];
    const processes: ChildProcess[] = [];

    beforeEach(async () => {
      made = await open();
      jobs = made.jobs;
    });
    afterEach(async () => {
      for (const process of processes.splice(0)) process.kill('SIGKILL');
      for (const each of opened.splice(0)) await each.close();
      await jobs.close();
      await made.remove();
    });

    const another = async (kept?: KeptJobs): Promise<Jobs> => {
      const other = await made.openAgain(kept);
      opened.push(other);
      return other;
    };
    const stateOf = async (id: string): Promise<JobState> => (await jobs.status(id)).state;
    const becomes = (id: string, state: JobState): Promise<Job> =>
      eventually(
        'The job',
        () => jobs.status(id),
        (job) => job.state === state,
      );

    describe('enqueue', () => {
      it('keeps a job whole', async () => {
        const { isNew, job } = await jobs.enqueue({
          ...count,
          tenant: 'uppsala',
          data: { text: 'Å “x”', deep: [1, null] },
        });
        expect(isNew).toBe(true);
        expect(job).toEqual({
          id: expect.stringMatching(/^[A-Za-z0-9._~-]+$/),
          name: 'count',
          key: 'one',
          tenant: 'uppsala',
          data: { text: 'Å “x”', deep: [1, null] },
          state: 'waiting',
          attempts: 0,
          enqueuedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
        });
        expect(await (await another()).status(job.id)).toEqual(job);
        expect(await jobs.status({ name: 'count', key: 'one', tenant: 'uppsala' })).toEqual(job);
      });

      it('takes a key once, whatever has become of the job', async () => {
        const first = await jobs.enqueue(count);
        const again = await jobs.enqueue({ ...count, data: { to: 99 } });
        expect(again).toEqual({ isNew: false, job: first.job });
        jobs.work([aHandler({ attempts: 1, run: () => Promise.reject(new Error('No')) })], quick);
        await becomes(first.job.id, 'failed');
        expect(await jobs.enqueue(count)).toMatchObject({ isNew: false, job: { state: 'failed' } });
        jobs.work([aHandler({ name: 'other' })], quick);
        const other = await jobs.enqueue({ ...count, name: 'other' });
        expect(other.isNew).toBe(true);
        await becomes(other.job.id, 'completed');
        expect(await jobs.enqueue({ ...count, name: 'other' })).toMatchObject({
          isNew: false,
          job: { state: 'completed' },
        });
      });

      it('takes it once also where many ask at the same time', async () => {
        const queues = [jobs, await another(), await another()];
        const answers = await Promise.all(
          Array.from({ length: 30 }, (_, index) => queues[index % 3]!.enqueue({ ...count, data: { to: index } })),
        );
        expect(answers.filter(({ isNew }) => isNew)).toHaveLength(1);
        const winner = answers.find(({ isNew }) => isNew)!.job;
        for (const { job } of answers) expect(job.data).toEqual(winner.data);
        expect((await jobs.list(page)).total).toBe(1);
      });

      it.each([
        ['a number', '1'],
        ['colons', 'a:b'],
        ['three parts', 'a:b:c'],
        ['signs', 'Å/?# “”'],
        ['a long text', 'x'.repeat(1_000)],
      ])('takes %s as a key', async (_, key) => {
        const { job } = await jobs.enqueue({ ...count, key });
        expect(await jobs.status({ name: 'count', key })).toEqual(job);
      });

      it('tells one tenant’s key from another’s', async () => {
        const answers = [
          await jobs.enqueue({ ...count, tenant: 'a' }),
          await jobs.enqueue({ ...count, tenant: 'b' }),
          await jobs.enqueue(count),
        ];
        expect(answers.map(({ isNew }) => isNew)).toEqual([true, true, true]);
      });

      it.each(['', 'No Name', 'a:b', 'x'.repeat(61)])('refuses %j as a name', async (name) => {
        await expect(jobs.enqueue({ ...count, name })).rejects.toThrow(TypeError);
      });
    });

    describe('a worker', () => {
      it('does what it has a handler for, and keeps the result', async () => {
        const { job } = await jobs.enqueue(count);
        await jobs.enqueue({ ...count, name: 'unknown' });
        jobs.work([aHandler({ run: async (data) => ({ counted: data['to']! }) })], quick);
        expect(await becomes(job.id, 'completed')).toMatchObject({
          result: { counted: 3 },
          attempts: 1,
          startedAt: expect.any(String),
          endedAt: expect.any(String),
        });
        expect(await stateOf((await jobs.list({ ...page, name: 'unknown' })).jobs[0]!.id)).toBe('waiting');
      });

      it('runs as many at once as it may, and no more', async () => {
        let running = 0;
        let most = 0;
        const run = async () => {
          most = Math.max(most, ++running);
          await new Promise((resolve) => setTimeout(resolve, 50));
          running--;
          return undefined;
        };
        const ids = await Promise.all(
          Array.from({ length: 9 }, async (_, index) => (await jobs.enqueue({ ...count, key: String(index) })).job.id),
        );
        jobs.work([aHandler({ run })], { ...quick, concurrency: 3 });
        for (const id of ids) await becomes(id, 'completed');
        expect(most).toBe(3);
      });

      it('gives a job to one of several workers', async () => {
        const begun: string[] = [];
        const run: JobHandler['run'] = async (_, { job }) => void begun.push(job.key);
        for (const queue of [jobs, await another(), await another()])
          queue.work([aHandler({ run })], { ...quick, concurrency: 2 });
        const ids = await Promise.all(
          Array.from({ length: 40 }, async (_, index) => (await jobs.enqueue({ ...count, key: String(index) })).job.id),
        );
        for (const id of ids) await becomes(id, 'completed');
        expect(begun).toHaveLength(40);
        expect(new Set(begun).size).toBe(40);
      });

      it('tries again after a rest that grows, and tells what went wrong', async () => {
        const began: number[] = [];
        const run = async () => {
          began.push(Date.now());
          if (began.length < 3) throw new Error(`Not yet ${began.length}`);
          return 'at last';
        };
        const { job } = await jobs.enqueue(count);
        jobs.work([aHandler({ run, backoffMilliseconds: 300 })], quick);
        const resting = await eventually(
          'The job',
          () => jobs.status(job.id),
          ({ attempts, state }) => attempts === 1 && state === 'scheduled',
        );
        expect(resting.error).toBe('Not yet 1');
        const done = await becomes(job.id, 'completed');
        expect(done).toMatchObject({ attempts: 3, result: 'at last' });
        expect(done).not.toHaveProperty('error');
        expect(began[1]! - began[0]!).toBeGreaterThanOrEqual(295);
        expect(began[2]! - began[1]!).toBeGreaterThanOrEqual(595);
      });

      it('keeps what the domain says of a failure, and of what is waited for, in every language', async () => {
        const { job } = await jobs.enqueue(count);
        jobs.work([aHandler({ run: () => Promise.reject(new NotFound('round', 'april')) })], quick);
        const { error, errorSaid } = await becomes(job.id, 'failed');
        expect([error, errorSaid?.code]).toEqual(['There is no round april', 'not-found']);
        expect(inLanguage('sv', errorSaid!)).toBe('Hittades inte: uppföljningen april');
      });

      it('lets a job die that fails every time, where all can see it, until someone retries it', async () => {
        let broken = true;
        const run = async () => {
          if (broken) throw new Error('Out of order');
          return 'mended';
        };
        const { job } = await jobs.enqueue(count);
        const worker = jobs.work([aHandler({ run, attempts: 2 })], quick);
        const dead = await becomes(job.id, 'failed');
        expect(dead).toMatchObject({ attempts: 2, error: 'Out of order', endedAt: expect.any(String) });
        expect((await jobs.list({ ...page, state: 'failed' })).jobs).toEqual([dead]);
        await worker.stop();
        broken = false;
        const retried = await jobs.retry(job.id);
        expect(retried).not.toHaveProperty('error');
        expect(retried).not.toHaveProperty('endedAt');
        jobs.work([aHandler({ run, attempts: 2 })], quick);
        expect(await becomes(job.id, 'completed')).toMatchObject({ attempts: 1, result: 'mended' });
        await expect(jobs.retry(job.id)).rejects.toThrow(RuleViolation);
      });

      it('gives a job that was retried all its attempts again', async () => {
        const { job } = await jobs.enqueue(count);
        jobs.work([aHandler({ attempts: 2, run: () => Promise.reject(new Error('No')) })], quick);
        await becomes(job.id, 'failed');
        await jobs.retry(job.id);
        await eventually(
          'The job',
          () => jobs.status(job.id),
          ({ attempts, state }) => state === 'failed' && attempts === 2,
        );
      });
    });

    describe('a failure', () => {
      const away = () => new StoreUnavailable('event store', new Error('connect ECONNREFUSED'));

      it('that passes by itself lets the job wait, seen by who asks, and uses up no attempt', async () => {
        // More often than a job may be begun that loses its workers.
        const times = 30;
        let run = 0;
        let open = false;
        const { job } = await jobs.enqueue(count);
        const handler = aHandler({
          attempts: 1,
          run: async () => {
            if (++run <= times || !open) throw away();
            return 'there again';
          },
        });
        jobs.work([handler], { ...quick, longestWaitMilliseconds: 20 });
        const waiting = await eventually(
          'The job',
          () => jobs.status(job.id),
          ({ state }) => run > times && state === 'scheduled',
        );
        expect(waiting).toMatchObject({ attempts: 0, waitingFor: 'The event store does not answer' });
        expect(Date.parse(waiting.waitingSince!)).toBeGreaterThanOrEqual(Date.parse(waiting.enqueuedAt));
        expect(waiting).not.toHaveProperty('error');
        expect((await jobs.list({ ...page, state: 'failed' })).total).toBe(0);
        await expect(jobs.retry(job.id)).rejects.toThrow(RuleViolation);
        open = true;
        const done = await becomes(job.id, 'completed');
        expect(done).toMatchObject({ attempts: 1, result: 'there again' });
        expect(done).not.toHaveProperty('waitingFor');
        expect(done).not.toHaveProperty('waitingSince');
      });

      it('that passes lets it look again soon, then more and more rarely, and never too rarely', async () => {
        const began: number[] = [];
        const { job } = await jobs.enqueue(count);
        const run = async () => {
          began.push(Date.now());
          if (began.length < 8) throw away();
          return undefined;
        };
        jobs.work([aHandler({ run })], { ...quick, longestWaitMilliseconds: 600 });
        await becomes(job.id, 'completed');
        const rests = began.slice(1).map((at, index) => at - began[index]!);
        for (const [index, least] of [245, 495, 595, 595, 595, 595, 595].entries()) {
          expect(rests[index]).toBeGreaterThanOrEqual(least);
        }
        // Without a bound it would have rested 16 seconds.
        expect(rests.at(-1)).toBeLessThan(8_000);
      }, 30_000);

      it('that passes counts beside those that do not, and an end of the waiting is seen', async () => {
        const failures = [away(), new Error('Out of order'), away(), away(), new Error('Still out of order')];
        const run = () => Promise.reject(failures.shift() ?? new Error('Run too often'));
        const { job } = await jobs.enqueue(count);
        jobs.work([aHandler({ attempts: 2, run })], { ...quick, longestWaitMilliseconds: 100 });
        const between = await eventually(
          'The job',
          () => jobs.status(job.id),
          ({ error, waitingFor }) => error !== undefined && waitingFor !== undefined,
        );
        expect(between).toMatchObject({ attempts: 1, error: 'Out of order', state: 'scheduled' });
        const dead = await becomes(job.id, 'failed');
        expect(dead).toMatchObject({ attempts: 2, error: 'Still out of order' });
        expect(dead).not.toHaveProperty('waitingFor');
        const retried = await jobs.retry(job.id);
        expect(retried).not.toHaveProperty('waitingFor');
      });

      it('that the domain will repeat is the last', async () => {
        const { job } = await jobs.enqueue(count);
        const run = () => Promise.reject(new RuleViolation('bodies-ready', verbatim('Two bodies are not ready')));
        jobs.work([aHandler({ attempts: 5, run })], quick);
        expect(await becomes(job.id, 'failed')).toMatchObject({ attempts: 1, error: 'Two bodies are not ready' });
      });
    });

    describe('what is the matter with a job', () => {
      const told: { level: string; error?: string; message: string }[] = [];
      const tell = (level: string) => (fields: object, message: string) =>
        void told.push({ level, message, ...fields });
      const logger = { info: tell('info'), warn: tell('warn'), error: tell('error') };
      beforeEach(() => void told.splice(0));

      it('is told with its cause, once for each cause and not at every try', async () => {
        const away = (port: number) =>
          new StoreUnavailable('event store', new Error(`connect ECONNREFUSED esdb://u:hemligt@127.0.0.1:${port}`));
        const locked = new StoreUnavailable('event store', new Error('database is locked'));
        const failures = [away(1), away(2), away(3), locked, locked];
        const { job } = await jobs.enqueue(count);
        const run = async () => {
          const failure = failures.shift();
          if (failure) throw failure;
          return undefined;
        };
        jobs.work([aHandler({ run })], { ...quick, longestWaitMilliseconds: 20, logger });
        await becomes(job.id, 'completed');
        await eventually(
          'The job',
          () => told.length,
          (length) => length === 3,
        );
        expect(told).toMatchObject([
          { level: 'warn', job: job.id, error: expect.stringContaining('ECONNREFUSED') },
          { level: 'warn', job: job.id, error: expect.stringContaining('database is locked') },
          { level: 'info', job: job.id },
        ]);
        expect(JSON.stringify(told)).not.toContain('hemligt');
      });

      it('is told at its death, and not again where it dies once more of the same', async () => {
        const { job } = await jobs.enqueue(count);
        const run = () => Promise.reject(new Error('Out of order', { cause: new Error('The disk is full') }));
        jobs.work([aHandler({ run, attempts: 3 })], { ...quick, logger });
        for (let time = 1; time <= 3; time++) {
          const dead = await becomes(job.id, 'failed');
          expect(dead.error).toBe('Out of order');
          await jobs.retry(job.id);
          await eventually(
            'The job',
            () => jobs.status(job.id),
            ({ endedAt, state }) => state === 'failed' && endedAt! > dead.endedAt!,
          );
        }
        expect(told).toMatchObject([
          { level: 'warn', error: expect.stringContaining('The disk is full') },
          { level: 'error', error: expect.stringContaining('The disk is full') },
        ]);
      });
    });

    describe('a job that has ended', () => {
      it('runs again where it completed and its work is not done, and only where it completed', async () => {
        let runs = 0;
        const { job } = await jobs.enqueue(count);
        jobs.work([aHandler({ run: async () => ++runs })], quick);
        await becomes(job.id, 'completed');
        await expect(jobs.retry(job.id)).rejects.toThrow(RuleViolation);
        await jobs.retry(job.id, 'completed');
        const again = await eventually(
          'The job',
          () => jobs.status(job.id),
          ({ result }) => result === 2,
        );
        expect(again).toMatchObject({ state: 'completed', attempts: 1 });
        const failing = await jobs.enqueue({ ...count, name: 'failing' });
        jobs.work([aHandler({ name: 'failing', attempts: 1, run: () => Promise.reject(new Error('No')) })], quick);
        await becomes(failing.job.id, 'failed');
        await expect(jobs.retry(failing.job.id, 'completed')).rejects.toThrow(RuleViolation);
      });

      it('is given one more run where several ask for it at the same time', async () => {
        let runs = 0;
        const { job } = await jobs.enqueue(count);
        const worker = jobs.work([aHandler({ run: async () => ++runs })], quick);
        await becomes(job.id, 'completed');
        await worker.stop();
        const queues = [jobs, await another(), await another()];
        const asked = await Promise.allSettled(queues.map((queue) => queue.retry(job.id, 'completed')));
        expect(asked.some(({ status }) => status === 'fulfilled')).toBe(true);
        (await another()).work([aHandler({ run: async () => ++runs })], quick);
        await eventually(
          'The job',
          () => jobs.status(job.id),
          ({ result }) => result === 2,
        );
        expect(runs).toBe(2);
      });
    });

    describe('what is kept of jobs that have ended', () => {
      const end = async (worked: Jobs, name: string, keys: readonly string[], state: EndedState) => {
        for (const key of keys) {
          const { job } = await worked.enqueue({ ...count, name, key, tenant: `of ${key}` });
          await becomes(job.id, state);
        }
      };
      const keysOf = async (query: object) => (await jobs.list({ ...page, ...query })).jobs.map(({ key }) => key);
      const listBecomes = (query: object, keys: readonly string[]) =>
        eventually(
          'The list',
          () => keysOf(query),
          (found) => found.join() === keys.join(),
        );

      it.each<[EndedState, JobHandler['run']]>([
        ['completed', async () => undefined],
        ['failed', () => Promise.reject(new Error('No'))],
      ])('is the last of those of a name that %s, and the keys of the others are free', async (state, run) => {
        const kept = { ...keptJobs, [state]: { days: 90, most: 2 } };
        const few = await another(kept);
        few.work([aHandler({ run, attempts: 1 }), aHandler({ name: 'other', run, attempts: 1 })], quick);
        await end(few, 'other', ['x'], state);
        await end(few, 'count', ['a', 'b', 'c', 'd'], state);
        await listBecomes({ name: 'count' }, ['d', 'c']);
        expect(await keysOf({ state })).toEqual(['d', 'c', 'x']);
        expect(await jobs.list({ ...page, owners: ['of a', 'of b'] })).toEqual({ jobs: [], total: 0 });
        expect((await jobs.list(page)).total).toBe(3);
        expect(await jobs.enqueue({ ...count, key: 'c', tenant: 'of c' })).toMatchObject({ isNew: false });
        expect(await jobs.enqueue({ ...count, key: 'a', tenant: 'of a' })).toMatchObject({ isNew: true });
      });

      it('is not what ended too long ago', async () => {
        const second = 1 / 86_400;
        const short = await another({ ...keptJobs, failed: { days: second, most: 100 } });
        short.work([aHandler({ attempts: 1, run: () => Promise.reject(new Error('No')) })], quick);
        await end(short, 'count', ['a', 'b'], 'failed');
        expect(await keysOf({})).toEqual(['b', 'a']);
        const { endedAt } = await jobs.status({ ...count, key: 'b', tenant: 'of b' });
        await eventually(
          'The end of a second',
          async () => Date.now() - Date.parse(endedAt!),
          (age) => age > 1_000,
        );
        await end(short, 'count', ['c'], 'failed');
        await listBecomes({}, ['c']);
        expect((await jobs.list(page)).total).toBe(1);
      });
    });

    describe('a schedule', () => {
      it('is kept', async () => {
        const runAt = new Date(Date.now() + 700);
        const { job } = await jobs.enqueue({ ...count, runAt });
        expect(job).toMatchObject({ state: 'scheduled', runAt: runAt.toISOString() });
        let ranAt = 0;
        jobs.work([aHandler({ run: async () => void (ranAt = Date.now()) })], quick);
        await becomes(job.id, 'completed');
        expect(ranAt).toBeGreaterThanOrEqual(runAt.getTime());
        expect(ranAt).toBeLessThan(runAt.getTime() + 5_000);
      });

      it('that was missed is caught up once', async () => {
        let times = 0;
        const handler = aHandler({ run: async () => void times++ });
        const { job } = await jobs.enqueue({ ...count, runAt: new Date(Date.now() + 200) });
        const past = await jobs.enqueue({ ...count, key: 'past', runAt: new Date('2020-01-01T00:00:00Z') });
        expect(past.job.state).toBe('waiting');
        // Nobody works while its time passes.
        await becomes(job.id, 'waiting');
        const worker = jobs.work([handler], quick);
        await becomes(job.id, 'completed');
        await becomes(past.job.id, 'completed');
        await worker.stop();
        (await another()).work([handler], quick);
        await jobs.enqueue({ ...count, key: 'last' });
        await becomes((await jobs.status({ ...count, key: 'last' })).id, 'completed');
        expect(times).toBe(3);
      });

      it('can be given up, and made anew for another time', async () => {
        const soon = new Date(Date.now() + 60_000);
        const { job } = await jobs.enqueue({ ...count, runAt: soon });
        await jobs.cancel(job.id);
        await expect(jobs.status(job.id)).rejects.toThrow(NotFound);
        const later = new Date(Date.now() + 120_000);
        expect(await jobs.enqueue({ ...count, runAt: later })).toMatchObject({
          isNew: true,
          job: { id: job.id, runAt: later.toISOString() },
        });
      });

      it('cannot be given up once the job has begun or ended', async () => {
        let end = () => undefined as void;
        const { job } = await jobs.enqueue(count);
        jobs.work([aHandler({ run: () => new Promise((resolve) => (end = () => resolve(undefined))) })], quick);
        await becomes(job.id, 'active');
        await expect(jobs.cancel(job.id)).rejects.toThrow(RuleViolation);
        await expect(jobs.retry(job.id)).rejects.toThrow(RuleViolation);
        end();
        await becomes(job.id, 'completed');
        await expect(jobs.cancel(job.id)).rejects.toThrow(RuleViolation);
      });
    });

    describe('progress', () => {
      it('is seen while the job runs, and by those who watch it', async () => {
        let go = () => undefined as void;
        const run: JobHandler['run'] = async (_, { progress }) => {
          progress(1, 3, 'Begins');
          await new Promise<void>((resolve) => (go = resolve));
          for (let done = 0; done < 1_000; done++) progress(done, 1_000);
          progress(3, 3);
          return 'done';
        };
        const { job } = await jobs.enqueue(count);
        const watched: Job[] = [];
        const watching = (async () => {
          for await (const seen of jobs.watch(job.id, AbortSignal.timeout(10_000))) watched.push(seen);
        })();
        await eventually(
          'The job',
          () => watched.length,
          (length) => length > 0,
        );
        (await another()).work([aHandler({ run })], quick);
        await eventually(
          'The job',
          () => watched.at(-1)?.progress,
          (progress) => progress?.done === 1,
        );
        go();
        await watching;
        expect(watched[0]!.state).toBe('waiting');
        expect(watched.find(({ progress }) => progress?.done === 1)).toMatchObject({
          state: 'active',
          progress: { done: 1, total: 3, note: 'Begins' },
        });
        expect(watched.at(-1)).toMatchObject({ state: 'completed', progress: { done: 3, total: 3 }, result: 'done' });
        expect(watched.length).toBeLessThan(20);
      });

      it('is watched until the watcher leaves, or the job is given up', async () => {
        const { job } = await jobs.enqueue(count);
        const leaving = new AbortController();
        for await (const { state } of jobs.watch(job.id, leaving.signal)) {
          expect(state).toBe('waiting');
          leaving.abort();
        }
        const watching = (async () => {
          for await (const _ of jobs.watch(job.id, AbortSignal.timeout(10_000))) await jobs.cancel(job.id);
        })();
        await watching;
        const unknown = jobs.watch('count.0', leaving.signal)[Symbol.asyncIterator]();
        await expect(unknown.next()).resolves.toMatchObject({ done: true });
        const other = jobs.watch('count.0', AbortSignal.timeout(1_000))[Symbol.asyncIterator]();
        await expect(other.next()).rejects.toThrow(NotFound);
      });
    });

    describe('a worker that goes away', () => {
      const workerProcess = async (): Promise<ChildProcess> => {
        const { env, parameters } = made.process;
        const script = join(process.cwd(), 'libs/jobs/src/testing/worker-process.mjs');
        const child = spawn(process.execPath, [script, ...parameters, 'count'], {
          env: { ...process.env, NODE_OPTIONS: '', ...env },
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        processes.push(child);
        const [told] = (await once(child.stdout, 'data', { signal: AbortSignal.timeout(10_000) })) as [Buffer];
        expect(told.toString()).toBe('one\n');
        return child;
      };

      it('because it was killed has its job taken over', async () => {
        const { job } = await jobs.enqueue(count);
        const child = await workerProcess();
        await eventually(
          'The job',
          () => jobs.status(job.id),
          ({ progress }) => progress?.note === 'begun',
        );
        let runs = 0;
        jobs.work([aHandler({ attempts: 1, run: async () => ++runs })], quick);
        // As long as the other lives the job is its own, however long it takes.
        await new Promise((resolve) => setTimeout(resolve, 2_500));
        expect([runs, await stateOf(job.id)]).toEqual([0, 'active']);
        child.kill('SIGKILL');
        expect(await becomes(job.id, 'completed')).toMatchObject({ attempts: 2, result: 1 });
        expect(runs).toBe(1);
      }, 30_000);

      it('because it stands still has its job taken over, and learns of it', async () => {
        const { job } = await jobs.enqueue(count);
        const child = await workerProcess();
        child.kill('SIGSTOP');
        jobs.work([aHandler({ attempts: 1, run: async () => 'taken over' })], quick);
        expect(await becomes(job.id, 'completed')).toMatchObject({ result: 'taken over' });
        child.kill('SIGCONT');
        const [told] = (await once(child.stdout!, 'data', { signal: AbortSignal.timeout(10_000) })) as [Buffer];
        expect(told.toString()).toBe('one was aborted\n');
      }, 30_000);

      it('because it is stopped lets its job end, and takes no other', async () => {
        let stopping = false;
        const run: JobHandler['run'] = async (_, { signal }) => {
          await new Promise((resolve) => signal.addEventListener('abort', resolve));
          stopping = true;
          await new Promise((resolve) => setTimeout(resolve, 50));
          return 'in time';
        };
        const worker = jobs.work([aHandler({ run })], quick);
        const { job } = await jobs.enqueue(count);
        await becomes(job.id, 'active');
        const next = await jobs.enqueue({ ...count, key: 'two' });
        await worker.stop();
        expect(stopping).toBe(true);
        expect(await jobs.status(job.id)).toMatchObject({ state: 'completed', result: 'in time' });
        expect(await stateOf(next.job.id)).toBe('waiting');
      });

      it.each([
        [
          'leaves off',
          (signal: AbortSignal) =>
            new Promise<undefined>((_, reject) =>
              signal.addEventListener('abort', () => reject(new Error('Left off'))),
            ),
        ],
        ['does not hear', () => new Promise<undefined>((resolve) => setTimeout(resolve, 4_000, undefined).unref())],
      ])('because it is stopped hands back a job that %s', async (_, work) => {
        const { job } = await jobs.enqueue(count);
        const worker = jobs.work([aHandler({ attempts: 1, run: (_data, { signal }) => work(signal) })], quick);
        await becomes(job.id, 'active');
        await worker.stop();
        const back = await jobs.status(job.id);
        expect(back.state).toBe('waiting');
        expect(back).not.toHaveProperty('error');
        (await another()).work([aHandler({ attempts: 1, run: async () => 'elsewhere' })], quick);
        expect(await becomes(job.id, 'completed')).toMatchObject({ result: 'elsewhere' });
      });
    });

    describe('a list', () => {
      it('shows the newest first, a page at a time', async () => {
        for (let number = 1; number <= 5; number++) await jobs.enqueue({ ...count, key: String(number) });
        await jobs.enqueue({ ...count, name: 'other', key: '6' });
        const keysOf = async (query: object) => {
          const { jobs: found, total } = await jobs.list({ ...page, ...query });
          return [total, ...found.map(({ key }) => key)];
        };
        expect(await keysOf({})).toEqual([6, '6', '5', '4', '3', '2', '1']);
        expect(await keysOf({ limit: 2, offset: 1 })).toEqual([6, '5', '4']);
        expect(await keysOf({ limit: 2, offset: 6 })).toEqual([6]);
        expect(await keysOf({ name: 'count', limit: 2 })).toEqual([5, '5', '4']);
        expect(await keysOf({ name: 'none' })).toEqual([0]);
        await jobs.cancel((await jobs.status({ ...count, key: '5' })).id);
        expect(await keysOf({})).toEqual([5, '6', '4', '3', '2', '1']);
      });

      it('is of one state', async () => {
        const failed = await jobs.enqueue({ ...count, name: 'failing' });
        const completed = await jobs.enqueue({ ...count, name: 'fine' });
        jobs.work(
          [
            aHandler({ name: 'fine' }),
            aHandler({ name: 'failing', attempts: 1, run: () => Promise.reject(new Error('No')) }),
          ],
          quick,
        );
        await becomes(failed.job.id, 'failed');
        await becomes(completed.job.id, 'completed');
        const scheduled = await jobs.enqueue({ ...count, key: 's', runAt: new Date(Date.now() + 60_000) });
        const waiting = await jobs.enqueue({ ...count, key: 'w', runAt: new Date(0) });
        const idsOf = async (state: JobState) => (await jobs.list({ ...page, state })).jobs.map(({ id }) => id);
        expect(await idsOf('failed')).toEqual([failed.job.id]);
        expect(await idsOf('completed')).toEqual([completed.job.id]);
        expect(await idsOf('scheduled')).toEqual([scheduled.job.id]);
        expect(await idsOf('waiting')).toEqual([waiting.job.id]);
        expect(await idsOf('active')).toEqual([]);
      });

      it('is of some owners', async () => {
        for (const tenant of ['a', 'b']) await jobs.enqueue({ ...count, tenant });
        const system = await jobs.enqueue(count);
        const tenantsOf = async (owners: (string | null)[]) =>
          (await jobs.list({ ...page, owners })).jobs.map(({ tenant }) => tenant ?? null);
        expect(await tenantsOf(['a'])).toEqual(['a']);
        expect(await tenantsOf(['b', null])).toEqual([null, 'b']);
        expect(await tenantsOf([])).toEqual([]);
        await expect(jobs.status(system.job.id, ['a'])).rejects.toThrow(NotFound);
        expect(await jobs.status(system.job.id, ['a', null])).toEqual(system.job);
      });
    });

    it.each(['nothing', 'count.', '../x', 'count.00000000-0000-0000-0000-000000000000', '7'])(
      'does not know %s',
      async (id) => {
        await expect(jobs.status(id)).rejects.toThrow(NotFound);
        await expect(jobs.retry(id)).rejects.toThrow(NotFound);
        await expect(jobs.cancel(id)).rejects.toThrow(NotFound);
      },
    );

    it('says that it answers', async () => {
      await expect(jobs.check()).resolves.toBeUndefined();
    });

    it('says that it is unavailable once it is closed', async () => {
      await jobs.close();
      await expect(jobs.enqueue(count)).rejects.toThrow(StoreUnavailable);
      await expect(jobs.list(page)).rejects.toThrow(StoreUnavailable);
      await expect(jobs.check()).rejects.toThrow(StoreUnavailable);
      await jobs.close();
    });
  });
}
