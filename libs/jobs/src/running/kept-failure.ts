import type { Said } from '#kernel';
import type { Job } from '../jobs.port.js';

/** The record separator of ASCII: behind it stands what only programs read. */
const separator = '\u001e';

/** A failure as a queue keeps it: one text, whose first part is for whoever looks into the queue itself. */
export function keptText(error: Error): string {
  const { code, said } = error as Error & { readonly code?: unknown; readonly said?: Said };
  if (!said) return error.message;
  return [error.message, JSON.stringify({ ...(typeof code === 'string' && { code }), ...said })].join(separator);
}

/** What a job tells of a failure that was kept; of one that an older version kept, its message alone. */
export function failedBy(kept: string): Pick<Job, 'error' | 'errorSaid'> {
  const [error = '', said] = kept.split(separator);
  return { error, ...(said !== undefined && { errorSaid: JSON.parse(said) as Said }) };
}

/** What a job tells of what it waits for, kept in the same way. */
export function heldUpBy(kept: string): Pick<Job, 'waitingFor' | 'waitingSaid'> {
  const { error: waitingFor = '', errorSaid } = failedBy(kept);
  return { waitingFor, ...(errorSaid && { waitingSaid: errorSaid }) };
}

/** A failure in the form that a queue keeps, for a library that keeps messages of errors. */
export class KeptFailure extends Error {
  constructor(override readonly cause: Error) {
    super(keptText(cause), { cause });
    this.name = 'KeptFailure';
  }
}
