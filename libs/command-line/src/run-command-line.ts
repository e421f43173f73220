import { CommanderError } from 'commander';
import type { Command } from 'commander';
import { ApiProblem } from './api-client.js';
import { exitCodeOf } from './exit-code.js';
import { sparbar } from './program.js';

/** Does what the arguments of this process say, and leaves the exit code that tells how it went. */
export async function runCommandLine(): Promise<void> {
  // Whoever reads has read enough: `sparbar items | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const asJson = process.argv.includes('--json');
  try {
    const program = sparbar((text) => void process.stdout.write(`${text}\n`));
    if (asJson) muteAll(program);
    await program.parseAsync();
  } catch (error) {
    process.exitCode = exitCodeOf(error);
    if (asJson && process.exitCode !== 0) process.stderr.write(`${JSON.stringify(told(error, process.exitCode))}\n`);
    // What is not understood has been explained already, with the help of its command.
    else if (!(error instanceof CommanderError)) process.stderr.write(`sparbar: ${explain(error)}\n`);
  }
}

/** For machines, what is not understood is told once, as everything else that fails. */
function muteAll(command: Command): void {
  command.configureOutput({ writeErr: () => undefined });
  command.commands.forEach(muteAll);
}

/** What failed, for machines; `problem` is what the API answered. */
const told = (error: unknown, exitCode: number): object => ({
  error: {
    exitCode,
    message: (error instanceof Error ? error.message : String(error)).replace(/^error: /, ''),
    ...(error instanceof ApiProblem && { status: error.status, problem: error.problem }),
  },
});

function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const faults = error instanceof ApiProblem ? (error.problem.faults ?? []) : [];
  return [
    error.message,
    ...faults.map(({ field, line, message }) => `  ${line === undefined ? '' : `line ${line}: `}${field}: ${message}`),
  ].join('\n');
}
