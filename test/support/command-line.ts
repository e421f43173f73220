import { commandLine as run } from '#command-line';
import { keepOutput } from './spec-output.js';
import type { Said } from './sparbar-command.js';

/** Runs `sparbar` within this process, which saves the start of one. */
export async function commandLine(...words: readonly string[]): Promise<Said> {
  let [stdout, stderr] = ['', ''];
  const exitCode = await run(words, { out: (text) => (stdout += text), err: (text) => (stderr += text) });
  keepOutput(stdout + stderr);
  return { exitCode, stdout, stderr };
}
