import { existsSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { commandsOf, examplesOf, textOf, wordsOf } from './examples.js';

const page = 'docs/guide/adding.md';

/** The formatter breaks lines by where an excerpt stands. */
const unspaced = (text: string): string => text.replace(/\s+/g, '');

/** The excerpts of the guide: a block that names a file after its language. */
const excerpts = examplesOf(page, 'ts').map(({ about, text }) => [about, text] as const);

describe('How to add a command, an event, a projection', () => {
  it('shows more than one file', () => {
    expect(new Set(excerpts.map(([path]) => path)).size).toBeGreaterThan(5);
  });

  it.each(excerpts)('shows %s as it is', (path, text) => {
    expect(unspaced(textOf(path))).toContain(unspaced(text));
  });

  it('asks the compiler and the specs in commands that there are', () => {
    const [types, specs, ...others] = commandsOf(page).map((command) => wordsOf(command).words);
    expect(types).toEqual(['npx', 'tsc', '--noEmit', '-p', '.']);
    const [node, script, folder] = specs!;
    expect([node, existsSync(script!), existsSync(folder!)]).toEqual(['node', true, true]);
    expect(others).toEqual([]);
  });
});
