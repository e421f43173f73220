import { inThread } from '#threads';
import workOn from './snapshot-in-thread.js';
import type { SnapshotTask, SnapshotWorks } from './snapshot-in-thread.js';

/** With fewer bytes it is done at once: that takes less than to hand them over. */
const fewBytes = 128 * 1024;

/**
 * Works on the bytes of a snapshot beside the requests of others: where there are many, in a thread.
 * @throws TakesTooMuch; the signal's reason where it aborts
 */
export async function workBeside<Work extends keyof SnapshotWorks>(
  task: Extract<SnapshotTask, { readonly work: Work }>,
  signal: AbortSignal,
): Promise<SnapshotWorks[Work]['made']> {
  const isShort = task.bytes.length <= fewBytes;
  const made = isShort ? await workOn(task) : await inThread(snapshotWork, task, signal);
  return made as SnapshotWorks[Work]['made'];
}

const snapshotWork = new URL(`./snapshot-in-thread${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);
