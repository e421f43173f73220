import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a page shows in a box. */
export interface Example {
  readonly page: string;
  /** What the box says that it holds: `sh`, `http`, `yaml`, `ts`, `console` or `text`. */
  readonly language: string;
  /** What stands behind the language, such as the file that an excerpt is of. */
  readonly about: string;
  readonly text: string;
}

/** Every page that tells how something is done. */
export const pages: readonly string[] = [
  'README.md',
  ...readdirSync(join(process.cwd(), 'docs/guide')).map((name) => `docs/guide/${name}`),
];

export const textOf = (path: string): string => readFileSync(join(process.cwd(), path), 'utf8');

/** What stands in the boxes of a page, in order; of one language where it is named. */
export function examplesOf(page: string, language?: string): Example[] {
  const boxes = textOf(page).matchAll(/^( *)```(\S*) *(.*)\n([^]*?)^ *```$/gm);
  return [...boxes]
    .map(([, , found, about, text]) => ({ page, language: found!, about: about!, text: text!.trimEnd() }))
    .filter((example) => language === undefined || example.language === language);
}

/** The commands of a page's boxes for a shell, one after the other. */
export const commandsOf = (page: string): string[] =>
  examplesOf(page, 'sh').flatMap(({ text }) => text.replaceAll(/\\\n\s*/g, '').split('\n'));

/** What a shell makes of a command: its words without quotes, and the variables that are set for it alone. */
export function wordsOf(command: string): { words: string[]; environment: Record<string, string> } {
  const all = command.match(/(?:'[^']*'|"[^"]*"|[^\s'"])+/g)!.map((word) => word.replaceAll(/['"]/g, ''));
  const first = all.findIndex((word) => !/^[A-Z_]+=/.test(word));
  const environment = Object.fromEntries(all.slice(0, first).map((word) => word.split(/=(.*)/, 2) as [string, string]));
  return { words: all.slice(first), environment };
}
