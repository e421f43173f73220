import { CommanderError } from 'commander';
import { LogsDiffer, RevisionMismatch, StoreRefused, StoreUnavailable } from '#kernel';
import { ApiProblem, Unreachable } from './api-client.js';
import { sparbar } from './program.js';
import { UnclearReference } from './references.js';
import { WrongUrl } from './wrong-url.js';

/** Does what the arguments of this process say, and leaves the exit code that tells how it went. */
export async function runCommandLine(): Promise<void> {
  try {
    await sparbar((text) => void process.stdout.write(`${text}\n`)).parseAsync();
  } catch (error) {
    // What is not understood has been explained already, with the help of its command.
    if (!(error instanceof CommanderError)) process.stderr.write(`sparbar: ${explain(error)}\n`);
    process.exitCode = exitCodeOf(error);
  }
}

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const faults = error instanceof ApiProblem ? (error.problem.faults ?? []) : [];
  return [
    error.message,
    ...faults.map(({ field, line, message }) => `  ${line === undefined ? '' : `line ${line}: `}${field}: ${message}`),
  ].join('\n');
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof WrongUrl) return 2;
  if (error instanceof LogsDiffer) return 5;
  if (error instanceof RevisionMismatch) return 4;
  if (error instanceof StoreRefused) return 77;
  if (error instanceof StoreUnavailable) return 69;
  if (error instanceof UnclearReference) return 3;
  if (error instanceof Unreachable) return 69;
  if (!(error instanceof ApiProblem)) return 1;
  if (error.status === 404) return 3;
  if (error.problem.type === 'urn:sparbar:problem:store-refused') return 77;
  return error.status === 503 ? 69 : error.status < 500 ? 4 : 1;
}
