import { NotFound, pause } from '#kernel';
import type { Job } from '../jobs.port.js';
import { hasEnded } from '../rules.js';

/** Asks for a job again and again, and gives it whenever it has changed. */
export async function* watchByAsking(
  status: () => Promise<Job>,
  milliseconds: number,
  signal: AbortSignal,
): AsyncIterable<Job> {
  let told: string | undefined;
  while (!signal.aborted) {
    const job = await status().catch((error: unknown) => {
      // Cancelled while it was watched.
      if (told !== undefined && error instanceof NotFound) return undefined;
      throw error;
    });
    if (!job) return;
    const text = JSON.stringify(job);
    if (text !== told) yield job;
    told = text;
    if (hasEnded(job)) return;
    await pause(milliseconds, signal);
  }
}
