import { isTransient } from '#kernel';
import type { Json } from '#kernel';
import type { Job, JobHandler } from '../jobs.port.js';
import type { ProgressNotes } from './progress-notes.js';

/** How an attempt came out. */
export type Outcome =
  | { readonly kind: 'completed'; readonly result: Json | undefined }
  | { readonly kind: 'failed'; readonly error: Error }
  /** What it needs is away, and will be back. */
  | { readonly kind: 'held-up'; readonly error: Error }
  /** It was told to leave off, and did. */
  | { readonly kind: 'handed-back' };

/** One attempt. It never rejects. */
export async function runHandler(
  handler: JobHandler,
  job: Job,
  notes: ProgressNotes,
  signal: AbortSignal,
): Promise<Outcome> {
  const outcome = await attempt(handler, job, notes, signal);
  await notes.finish();
  return outcome;
}

async function attempt(handler: JobHandler, job: Job, notes: ProgressNotes, signal: AbortSignal): Promise<Outcome> {
  try {
    const progress = notes.note.bind(notes);
    return { kind: 'completed', result: await handler.run(job.data, { job, progress, signal }) };
  } catch (error) {
    if (signal.aborted) return { kind: 'handed-back' };
    const thrown = error instanceof Error ? error : new Error(String(error));
    return { kind: isTransient(error) ? 'held-up' : 'failed', error: thrown };
  }
}
