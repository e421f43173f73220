import { CommanderError } from 'commander';
import { ApiProblem } from './api-client.js';
import { exitCodeOf } from './exit-code.js';
import { sparbar } from './program.js';

/** Does what the arguments of this process say, and leaves the exit code that tells how it went. */
export async function runCommandLine(): Promise<void> {
  // Whoever reads has read enough: `sparbar items | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
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
