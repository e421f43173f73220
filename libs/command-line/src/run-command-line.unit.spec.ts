import { describe, expect, it } from '@jest/globals';
import { commandLine } from './run-command-line.js';

/** What words come to: the exit code, and what is told on standard error. */
async function told(...words: readonly string[]): Promise<[code: number, error: string]> {
  let error = '';
  const code = await commandLine(words, { out: () => undefined, err: (text) => (error += text) });
  return [code, error];
}

describe('What the command line cannot do', () => {
  const nobody = ['--url', 'http://127.0.0.1:1', '--token', 'x'];
  it.each([
    [['--data', '/nowhere', 'plans'], 2, 'there is no /nowhere', '/nowhere finns inte'],
    [['--url', 'http://127.0.0.1:1', '--token-file', '/nowhere', 'plans'], 2, 'no /nowhere', '/nowhere finns inte'],
    [[...nobody, 'plans'], 69, 'Nobody answers at http', 'Ingen svarar på http'],
    [
      [...nobody, 'rounds', 'Plan!'],
      2,
      'Name a plan by its id or its key, not',
      'Ange en plan med dess id eller nyckel',
    ],
    [[...nobody, 'coverage', 'a'], 3, 'Name a round by its id or by PLAN:KEY', 'Ange en uppföljning med dess id'],
    [[...nobody, 'load', '/nowhere'], 3, 'There is no /nowhere', '/nowhere finns inte'],
    [[...nobody, 'load', '/'], 73, '/ cannot be used: it is a folder', '/ kan inte användas: det är en mapp'],
  ])('is told in the language of its user: %j', async (words, code, english, swedish) => {
    expect(await told('--language', 'en', ...words)).toEqual([code, expect.stringContaining(english)]);
    expect(await told('--language', 'sv', ...words)).toEqual([code, expect.stringContaining(swedish)]);
    const [, json] = await told('--language', 'sv', '--json', ...words);
    expect(JSON.parse(json)).toMatchObject({ error: { exitCode: code, message: expect.stringContaining(swedish) } });
  });
});
