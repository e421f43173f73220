import { expect } from '@jest/globals';
import { commandLine } from '../support/command-line.js';
import { sparbarProcess } from '../support/sparbar-command.js';
import type { Said } from '../support/sparbar-command.js';
import { wordsOf } from './examples.js';

/**
 * Does what a page says in a line for a shell.
 * @param as a process of its own, as the shell would start it; or within this process, which saves the start of one
 * @returns what it says, once it has ended well
 */
export async function runLine(line: string, { as = 'call' }: { readonly as?: 'process' | 'call' } = {}): Promise<Said> {
  const { environment, words } = wordsOf(line);
  const [node, script, ...given] = words;
  expect([node, script, environment]).toEqual(['node', 'scripts/sparbar.mjs', {}]);
  const said = as === 'process' ? await sparbarProcess(script!, given) : await commandLine(...given);
  expect([line, said]).toEqual([line, expect.objectContaining({ exitCode: 0 })]);
  return said;
}
