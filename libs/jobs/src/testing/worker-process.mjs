// A worker in a process of its own, which a specification can kill: node worker-process.mjs ADAPTER PLACE NAME.
// It tells every job that it begins, never ends one, and tells when it should leave one off.
const [adapter, place, name] = process.argv.slice(2);
const built = (adapter) => import(new URL(`../../../../dist/libs/jobs/src/${adapter}/index.js`, import.meta.url).href);
const jobs =
  adapter === 'redis'
    ? (await built('bullmq')).openBullJobs(place, {
        prefix: process.env.JOBS_PREFIX,
      })
    : (await built('in-process')).openInProcessJobs(place);
jobs.work(
  [
    {
      name,
      attempts: 1,
      backoffMilliseconds: 1,
      run: (_data, { job, progress, signal }) => {
        progress(1, 2, 'begun');
        process.stdout.write(`${job.key}\n`);
        signal.addEventListener('abort', () => process.stdout.write(`${job.key} was aborted\n`));
        return new Promise(() => undefined);
      },
    },
  ],
  { leaseMilliseconds: 1_000 },
);
