import { CommanderError } from 'commander';
import { fileFaultOf, LogsDiffer, MalformedInput, RevisionMismatch, StoreRefused, StoreUnavailable } from '#kernel';
import { ApiProblem, Unreachable } from './api-client.js';
import { UnclearReference } from './references.js';
import { NoSparbar } from './no-sparbar.js';
import { UsageError } from './usage-error.js';

/** The code that tells a script how a command went wrong, as the help lists them. */
export function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof UsageError) return 2;
  if (error instanceof LogsDiffer) return 5;
  if (error instanceof RevisionMismatch || error instanceof MalformedInput) return 4;
  if (error instanceof StoreRefused) return 77;
  if (error instanceof StoreUnavailable) return error.reason === 'file-unusable' ? 73 : 69;
  if (error instanceof UnclearReference) return 3;
  if (error instanceof Unreachable || error instanceof NoSparbar) return 69;
  if (!(error instanceof ApiProblem)) return codeOfFile(error);
  if (error.status === 404) return 3;
  if (error.problem.type === 'urn:sparbar:problem:store-refused') return 77;
  return error.status === 503 ? 69 : error.status < 500 ? 4 : 1;
}

/** What is no file's fault failed, and no more is known. */
function codeOfFile(error: unknown): number {
  const fault = fileFaultOf(error);
  if (fault === undefined) return 1;
  return fault.isMissing ? 3 : 73;
}
