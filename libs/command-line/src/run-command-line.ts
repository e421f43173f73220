import { CommanderError } from 'commander';
import type { Command } from 'commander';
import {
  DomainError,
  explainError,
  fileFaultOf,
  inLanguage,
  languageOf,
  say,
  shownJson,
  shownText,
  ToldError,
} from '#kernel';
import type { Language } from '#kernel';
import { ApiProblem } from './api-client.js';
import { saidByCommander } from './commander-texts.js';
import { exitCodeOf } from './exit-code.js';
import { languageAsked, sparbar } from './program.js';
import { UsageError } from './usage-error.js';

/** Where the command line writes. */
export interface Streams {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Does what the arguments of this process say, and leaves the exit code that tells how it went. */
export async function runCommandLine(): Promise<void> {
  // Whoever reads has read enough: `sparbar items | head`.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  const words = process.argv.slice(2);
  const shown = words.includes('--json') ? shownJson : shownText;
  process.exitCode = await commandLine(words, {
    out: (text) => void process.stdout.write(shown(text)),
    err: (text) => void process.stderr.write(shown(text)),
  });
}

/**
 * Does what words say.
 * @param words as they stand behind the program's name
 * @returns the exit code that tells how it went
 */
export async function commandLine(words: readonly string[], { err, out }: Streams): Promise<number> {
  const asJson = words.includes('--json');
  let exitCode = 0;
  const program = sparbar(
    (text) => out(`${text}\n`),
    (code) => (exitCode = code),
  );
  const language = (): Language => languageOf(languageAsked(program));
  try {
    requireUtf8(words);
    // For machines, what is not understood is told once, as everything else that fails.
    const inWords = (message: string) => `${wrong[language()]}: ${inLanguage(language(), saidByCommander(message))}\n`;
    writeThrough(program, { out, err: asJson ? () => undefined : err }, inWords);
    await program.parseAsync(words, { from: 'user' });
  } catch (error) {
    exitCode = exitCodeOf(error);
    if (asJson && exitCode !== 0) err(`${JSON.stringify(told(error, exitCode, language()))}\n`);
    // What is not understood has been explained already, with the help of its command.
    else if (!(error instanceof CommanderError)) err(`sparbar: ${explain(error, language())}\n`);
  }
  return exitCode;
}

/** Node puts a replacement character where the bytes of a word are not UTF-8. @throws UsageError */
function requireUtf8(words: readonly string[]): void {
  const place = words.findIndex((word) => word.includes('\ufffd'));
  if (place === -1) return;
  throw new UsageError(isNotUtf8({ place: place + 1, word: words[place]! }));
}

/** Help, and what is not understood. @param inWords tells the latter in the language of the user */
function writeThrough(command: Command, streams: Streams, inWords: (message: string) => string): void {
  const outputError = (message: string, write: (text: string) => void) => write(inWords(message));
  command.configureOutput({ writeOut: streams.out, writeErr: streams.err, outputError });
  command.commands.forEach((each) => writeThrough(each, streams, inWords));
}

const wrong: Readonly<Record<Language, string>> = { en: 'error', sv: 'fel' };

/** What failed, for machines; `problem` is what the API answered. */
const told = (error: unknown, exitCode: number, language: Language): object => ({
  error: {
    exitCode,
    message: messageOf(error, language),
    ...(error instanceof ApiProblem && { status: error.status, problem: error.problem }),
  },
});

function explain(error: unknown, language: Language): string {
  const { doubts = [], faults = [], file } = error instanceof ApiProblem ? error.problem : {};
  const toConfirm = [...new Set(doubts.map(({ rule }) => `--confirm ${rule}`))].join(' ');
  return [
    doubts.length > 0
      ? (file === undefined ? '' : `${file}: `) + meant[language](toConfirm)
      : messageOf(error, language),
    ...[...doubts, ...faults].map(
      ({ field, line, message }) =>
        `  ${line === undefined ? '' : `${lineIs[language]} ${line}: `}${field}: ${message}`,
    ),
  ].join('\n');
}

const lineIs: Readonly<Record<Language, string>> = { en: 'line', sv: 'rad' };

/** What to do about what looks like a mistake. */
const meant: Readonly<Record<Language, (confirm: string) => string>> = {
  en: (confirm) => `It looks like a mistake; where it is meant, add ${confirm}`,
  sv: (confirm) => `Det ser ut som ett misstag; om det är avsett, lägg till ${confirm}`,
};

/** What went wrong; of a file that cannot be used, which one it is and what to do. */
function messageOf(error: unknown, language: Language): string {
  if (error instanceof DomainError || error instanceof ToldError) return inLanguage(language, error.said);
  if (error instanceof CommanderError) return inLanguage(language, saidByCommander(error.message));
  const fault = fileFaultOf(error);
  return fault ? inLanguage(language, fault.said) : explainError(error);
}

const isNotUtf8 = say(
  "What stands {place} behind sparbar must be UTF-8, and reads {word}: is the terminal's locale UTF-8?",
  'Det som står på plats {place} efter sparbar ska vara UTF-8, och lyder {word}: är terminalens språkinställning UTF-8?',
);
