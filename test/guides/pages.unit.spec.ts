import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { sparbar } from '#command-line';
import { examplesOf, pages, textOf, wordsOf } from './examples.js';

type Command = ReturnType<typeof sparbar>;

/** Which spec beside this one runs what a page shows in boxes of a language: all of it, so that none is added without a run. */
const runs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'README.md': { sh: 'readme.e2e.spec.ts', text: 'readme.e2e.spec.ts' },
  'docs/guide/adding.md': { sh: 'adding.unit.spec.ts', ts: 'adding.unit.spec.ts' },
  'docs/guide/auditing.md': { sh: 'requests.e2e.spec.ts', http: 'requests.e2e.spec.ts' },
  'docs/guide/bulk.md': { http: 'requests.e2e.spec.ts', json: 'requests.e2e.spec.ts' },
  'docs/guide/organisation.md': { http: 'requests.e2e.spec.ts' },
  'docs/guide/plan-files.md': { yaml: 'requests.e2e.spec.ts' },
  'docs/guide/revisions.md': { http: 'requests.e2e.spec.ts' },
  'docs/guide/rounds.md': { sh: 'rounds.e2e.spec.ts', http: 'requests.e2e.spec.ts' },
  'docs/guide/servers.md': { sh: 'servers.e2e.spec.ts' },
  'docs/guide/snapshots.md': { console: 'rounds.e2e.spec.ts' },
  'docs/guide/times.md': { yaml: 'times.e2e.spec.ts', text: 'times.e2e.spec.ts' },
  'docs/guide/tutorial.md': { sh: 'tutorial.e2e.spec.ts' },
};

const inline = (page: string): string[] =>
  [
    ...textOf(page)
      .replaceAll(/^ *```[^]*?^ *```$/gm, '')
      .matchAll(/`([^`]+)`/g),
  ].map(([, text]) => text!.replaceAll('\\|', '|').replaceAll(/\s+/g, ' '));

describe.each(pages)('The examples of %s', (page) => {
  it('are each run by a spec', () => {
    const unrun = examplesOf(page).filter(({ language }) => runs[page]?.[language] === undefined);
    expect(unrun).toEqual([]);
    for (const [language, spec] of Object.entries(runs[page] ?? {})) {
      expect([language, examplesOf(page, language).length > 0]).toEqual([language, true]);
      expect(readFileSync(join(process.cwd(), 'test/guides', spec), 'utf8')).toContain(`'${page}'`);
    }
  });

  it('ask the command line for what it takes', () => {
    const commands = inline(page).filter((text) => /^(node scripts\/sparbar\.mjs|sparbar) [a-z-]/.test(text));
    for (const text of commands)
      for (const words of alternativesOf(text)) expect([text, faultOf(words)]).toEqual([text, '']);
  });

  it('name files that are there', () => {
    const links = [...textOf(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#[^)]*)?\)/g)].map(([, target]) => target!);
    const missing = links.filter((target) => !existsSync(join(process.cwd(), dirname(page), target)));
    expect(missing).toEqual([]);
    const files = inline(page).filter((text) => /^(apps|data|docs|libs|scripts|test)\/[\w./-]+$/.test(text));
    expect(files.filter((file) => !existsSync(join(process.cwd(), file)))).toEqual([]);
  });

  it('set variables that something reads', () => {
    const set = [...textOf(page).matchAll(/\b(SPARBAR_[A-Z_]+|[A-Z]+_(?:URL|START|SEED))\b/g)].map(([, name]) => name!);
    expect([...new Set(set)].filter((name) => !isRead(name))).toEqual([]);
  });
});

describe('The page of what must never break', () => {
  it('names what there is', () => {
    const [code, places] = [sources.join('\n'), every('libs', 'apps', 'test', 'scripts').map(({ path }) => path)];
    const named = inline('docs/invariants.md').filter((text) => /^[\w./-]+$/.test(text));
    const isThere = (text: string) =>
      /\.(ts|mjs|cjs)$/.test(text) || text.includes('/')
        ? existsSync(join(process.cwd(), text)) || places.some((path) => path.includes(`/${text}`))
        : new RegExp(`\\b${text.split('.').at(-1)}\\b`).test(code);
    expect(named.length).toBeGreaterThan(50);
    expect(named.filter((text) => !isThere(text))).toEqual([]);
  });
});

describe('The page of the command line', () => {
  const rows = [...textOf('docs/guide/cli.md').matchAll(/^\| `(\S[^`]*)`/gm)].map(([, text]) =>
    text!.replaceAll('\\|', '|'),
  );

  it('tells every command, and what it takes', () => {
    for (const row of rows) expect([row, faultOf(wordsOf(row.replaceAll(/[[\]]/g, '')).words)]).toEqual([row, '']);
    const told = rows.map((row) => row.split(' ').filter((word) => /^[a-z-]+$/.test(word) && !word.startsWith('--')));
    const known = leavesOf(sparbar(() => undefined)).map(({ path }) => path.join(' '));
    expect(told.map((words) => words.join(' ')).sort()).toEqual(known.sort());
  });

  it.each(rows)('tells every option of `%s`', (row) => {
    const path = row.split(' ').filter((word) => /^[a-z-]+$/.test(word) && !word.startsWith('--'));
    const { command } = leavesOf(sparbar(() => undefined)).find((leaf) => leaf.path.join(' ') === path.join(' '))!;
    const told = textOf('docs/guide/cli.md');
    const untold = command.options.map(({ long }) => long!).filter((option) => !told.includes(option));
    expect(untold).toEqual([]);
  });
});

/** `projections status|retry`: one command for each. */
function alternativesOf(text: string): string[][] {
  const [, ...words] = wordsOf(text.replace('node scripts/sparbar.mjs', 'sparbar')).words;
  return words.reduce<string[][]>(
    (found, word) =>
      found.flatMap((begun) => (/^[a-z|]+$/.test(word) ? word.split('|') : [word]).map((one) => [...begun, one])),
    [[]],
  );
}

/** What the command line has against words: a command or an option that it does not know. */
function faultOf(words: readonly string[]): string {
  let command: Command = sparbar(() => undefined);
  let after = '';
  for (const word of words) {
    const options = [...command.options, ...(command.parent?.options ?? [])];
    if (word.startsWith('--')) {
      if (!options.some(({ long }) => long === word)) return `${command.name()} has no ${word}`;
    } else if (command.commands.length > 0 && !after.startsWith('--')) {
      const next = command.commands.find((one) => one.name() === word);
      if (!next && command.registeredArguments.length === 0) return `${command.name()} has no ${word}`;
      command = next ?? command;
    }
    after = word;
  }
  return '';
}

function leavesOf(command: Command, path: readonly string[] = []): { path: readonly string[]; command: Command }[] {
  const below = command.commands.flatMap((next) => leavesOf(next, [...path, next.name()]));
  // One that takes something itself does something with it, beside those below it.
  const isLeaf = command.commands.length === 0 || command.registeredArguments.length > 0;
  return isLeaf ? [{ path, command }, ...below] : below;
}

function every(...folders: readonly string[]): { path: string; name: string }[] {
  return folders.flatMap((folder) =>
    readdirSync(join(process.cwd(), folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ name, parentPath }) => ({ path: join(parentPath, name), name })),
  );
}

const sources = every('libs', 'scripts', 'test/support')
  .filter(({ name }) => /\.(ts|mjs)$/.test(name) && !name.includes('.spec.'))
  .map(({ path }) => readFileSync(path, 'utf8'));

/** Whether a source takes it from the environment, or hands the environment and the name to what does. */
const isRead = (name: string): boolean =>
  sources.some((source) =>
    new RegExp(`env(\\['|\\.|\\('|, ')${name}\\b|\\b${name}\\b[^;]*\\} = (process\\.)?env\\b`).test(source),
  );
