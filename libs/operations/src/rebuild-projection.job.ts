import { setTimeout as sleep } from 'node:timers/promises';
import type { Job, JobHandler, JobRun, Jobs, NewJob } from '#jobs';
import { lossTold, NotFound, rule, RuleViolation, say, StoreFailure, verbatim } from '#kernel';
import type { JsonObject } from '#kernel';
import type { ProjectionAdmin, ProjectionStatus, Verification, WantedRebuild } from '#projecting';
import { RebuildParked } from './rebuild-parked.js';

const name = 'rebuild-projection';
const pollMilliseconds = 100;

/**
 * Enqueues that the documents of a projection be made anew. There is one such job for each generation of the documents:
 * who asks again before a rebuild has begun gets the job that is there. Where documents were restored from an older copy,
 * the job of their generation was done for the ones that are gone: another follows it.
 * @param despiteDamage whether the documents may come to lack what a damaged log has lost: else the job fails where it has
 * @throws NotFound where there is no such projection, or it has never run; LogReplaced
 */
export async function enqueueRebuild(
  jobs: Jobs,
  admin: ProjectionAdmin,
  projection: string,
  despiteDamage = false,
): Promise<Job> {
  await admin.refuseOtherLog();
  const { generations, state } = await statusOf(admin, projection);
  if (state === 'not-started') throw new NotFound('started projection', projection);
  const generation = `${projection}@${generations}${despiteDamage ? ', despite damage' : ''}`;
  for (let time = 1; ; time++) {
    const key = time === 1 ? generation : `${generation}, time ${time}`;
    const wanted = { key, after: generations, despiteDamage };
    const { job } = await jobs.enqueue(rebuildJobOf({ ...wanted, projection }));
    if (job.state === 'completed') {
      // One that has just completed is what was asked for.
      if ((await statusOf(admin, projection)).generations > generations) return job;
      continue;
    }
    await admin.wantRebuild(projection, wanted);
    return job.state === 'failed' ? jobs.retry(job.id) : job;
  }
}

export const rebuildJobOf = ({
  after,
  despiteDamage,
  key,
  projection,
}: WantedRebuild & { readonly projection: string }): NewJob => ({
  name,
  key,
  data: { projection, after, despiteDamage, key },
});

/**
 * Has the documents of a projection made anew, and follows until they answer. Run again, it goes on following. Where the
 * old ones are parked matters to nobody; where the new ones are, it waits until somebody has decided.
 */
export const rebuildProjection = (admin: ProjectionAdmin): JobHandler => ({
  name,
  attempts: 3,
  backoffMilliseconds: 500,
  run: async (data, run) => {
    const { key = '', projection } = data as { readonly key?: string; readonly projection: string };
    try {
      const made = await rebuild(admin, data, run);
      await admin.forgetRebuild(projection, key);
      return made;
    } catch (error) {
      // A refusal is an answer: it is not asked for again.
      if (error instanceof RuleViolation) await admin.forgetRebuild(projection, key);
      throw error;
    }
  },
});

async function rebuild(admin: ProjectionAdmin, data: JsonObject, { progress, signal }: JobRun) {
  const {
    after,
    despiteDamage = false,
    projection,
  } = data as {
    readonly after: number;
    readonly despiteDamage?: boolean;
    readonly projection: string;
  };
  const before = await statusOf(admin, projection);
  if (before.generations <= after) {
    if (!despiteDamage) await requireWhole(admin, projection, progress);
    await admin.rebuild(projection, { despiteDamage });
  }
  for (;;) {
    signal.throwIfAborted();
    const status = await statusOf(admin, projection);
    const begun = status.generations > after;
    if (begun && status.buildParked) throw new RebuildParked(projection, status.buildParked);
    if (begun && status.buildHeld !== undefined) {
      throw logIsDamaged({ loss: status.buildHeldSaid ?? verbatim(status.buildHeld) });
    }
    if (begun && !status.rebuilding) {
      progress(Number(status.head), Number(status.head), documentsAnswer());
      return { generation: status.generations };
    }
    progress(Number(status.buildPosition ?? 0), Number(status.head), logIsRead());
    await sleep(pollMilliseconds);
  }
}

/** @throws RuleViolation where the log is damaged, so that new documents would lack what the old ones tell */
async function requireWhole(admin: ProjectionAdmin, projection: string, progress: JobRun['progress']): Promise<void> {
  const verification = await verificationOf(admin, projection, (documents, total) =>
    progress(documents, total, documentsAreCompared()),
  );
  const loss = verification && lossTold(verification, projection);
  if (loss) throw logIsDamaged({ loss });
}

/** Undefined where the log cannot be folded: the documents that are made anew are then parked for the same reason. */
async function verificationOf(
  admin: ProjectionAdmin,
  projection: string,
  compared: (documents: number, total: number) => void,
): Promise<Verification | undefined> {
  try {
    return await admin.verify(projection, undefined, compared);
  } catch (error) {
    if (error instanceof StoreFailure) throw error;
    return undefined;
  }
}

async function statusOf(admin: ProjectionAdmin, projection: string): Promise<ProjectionStatus> {
  const status = (await admin.status()).find((known) => known.name === projection);
  if (!status) throw new NotFound('projection', projection);
  return status;
}

const logIsDamaged = rule(
  'log-is-whole',
  '{loss}: new documents would lack what it has lost; say why they may, or bring the log back',
  '{loss}: nya dokument skulle sakna det som har gått förlorat; ange varför de får det, eller återställ loggen',
);
const documentsAreCompared = say('The documents are compared with the log', 'Dokumenten jämförs med loggen');
const logIsRead = say('The log is read into new documents', 'Loggen läses in i nya dokument');
const documentsAnswer = say('The new documents answer', 'De nya dokumenten svarar');
