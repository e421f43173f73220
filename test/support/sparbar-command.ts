import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { keepOutput } from './spec-output.js';

/** What the command line said, and the exit code that it ended with. */
export interface Said {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const longestMilliseconds = 60_000;

/** Runs `sparbar` as it is shipped, against an API. */
export function runSparbar(url: string, token: string, ...words: readonly string[]): Promise<Said> {
  const main = join(process.cwd(), 'dist', 'apps', 'cli', 'src', 'main.js');
  return sparbarProcess(main, words, { SPARBAR_URL: url, SPARBAR_TOKEN: token });
}

/** Runs a script that is the command line, in a process of its own. */
export function sparbarProcess(
  script: string,
  words: readonly string[],
  given: Readonly<Record<string, string>> = { SPARBAR_TOKEN: '' },
): Promise<Said> {
  const env = { ...process.env, NODE_OPTIONS: '', ...given };
  return new Promise((resolve, reject) => {
    const options = { env, timeout: longestMilliseconds };
    execFile(process.execPath, [script, ...words], options, (error, stdout, stderr) => {
      keepOutput(stdout + stderr);
      if (error && typeof error.code !== 'number')
        reject(new Error(`sparbar ${words.join(' ')} did not end`, { cause: error }));
      else resolve({ exitCode: Number(error?.code ?? 0), stdout, stderr });
    });
  });
}
