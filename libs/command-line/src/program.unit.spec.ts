import { describe, expect, it } from '@jest/globals';
import type { Command } from 'commander';
import { exitCodeOf } from './exit-code.js';
import { sparbar } from './program.js';

/** Every command that does something, by its words. */
const commandsOf = (command: Command, words: readonly string[] = []): [words: readonly string[], Command][] =>
  command.commands.length === 0
    ? [[words, command]]
    : command.commands.flatMap((each) => commandsOf(each, [...words, each.name()]));

/** The exit code of a command line that is not understood. What would be printed of it is not. */
async function exitCodeFor(parameters: readonly string[]): Promise<number> {
  const program = sparbar(() => undefined);
  const silence = (command: Command): void => {
    command.configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
    command.commands.forEach(silence);
  };
  silence(program);
  try {
    await program.parseAsync(['--token', 'none', '--url', 'http://127.0.0.1:9', ...parameters], { from: 'user' });
  } catch (error) {
    return exitCodeOf(error);
  }
  return 0;
}

const required = (command: Command) => command.registeredArguments.filter((each) => each.required).map(() => 'x');
const mandatory = (command: Command) => command.options.filter((each) => each.mandatory);
const given = (command: Command) => mandatory(command).flatMap(({ long }) => [long!, 'x']);

describe('The command line', () => {
  const commands = commandsOf(sparbar(() => undefined));
  const withArguments = commands.filter(([, command]) => required(command).length > 0);
  const withValues = commands.flatMap(([words, command]) =>
    command.options.filter((each) => each.required).map(({ long }) => [words, long!, command] as const),
  );
  const withMandatory = commands.flatMap(([words, command]) =>
    mandatory(command).map(({ long }) => [words, long!, command] as const),
  );

  it('knows commands with arguments, with options that take a value, and with options that must be given', () => {
    expect(withArguments.length).toBeGreaterThan(10);
    expect(withValues.length).toBeGreaterThan(10);
    expect(withMandatory.length).toBeGreaterThan(3);
  });

  it.each(withArguments)('%p ends with 2 where an argument is missing', async (words, command) => {
    expect(await exitCodeFor([...words, ...required(command).slice(1), ...given(command)])).toBe(2);
  });

  it.each(withValues)('%p ends with 2 where %s has no value', async (words, option, command) => {
    expect(await exitCodeFor([...words, ...required(command), option])).toBe(2);
  });

  it.each(withMandatory)('%p ends with 2 without %s', async (words, option, command) => {
    const others = mandatory(command).filter(({ long }) => long !== option);
    expect(await exitCodeFor([...words, ...required(command), ...others.flatMap(({ long }) => [long!, 'x'])])).toBe(2);
  });

  it.each(commands)('%p ends with 2 at an option that nobody knows', async (words, command) => {
    expect(await exitCodeFor([...words, ...required(command), ...given(command), '--no-such-thing'])).toBe(2);
  });

  it.each(commands)('%p ends with 0 where it is asked for help', async (words) => {
    expect(await exitCodeFor([...words, '--help'])).toBe(0);
  });

  it.each([
    ['no command', []],
    ['half a command', ['log']],
    ['a command that nobody knows', ['lod']],
  ])('ends with 2 at %s', async (_, parameters) => {
    expect(await exitCodeFor(parameters)).toBe(2);
  });
});
