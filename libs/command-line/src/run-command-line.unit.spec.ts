import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { commandLine } from './run-command-line.js';

/** What words come to: the exit code, and what is told on standard error. */
async function told(...words: readonly string[]): Promise<[code: number, error: string]> {
  let error = '';
  const code = await commandLine(words, { out: () => undefined, err: (text) => (error += text) });
  return [code, error];
}

describe('What looks like a mistake', () => {
  /** An API that is a double: it doubts whatever it is asked. */
  const doubts = [
    { field: 'items[3].title', rule: 'year-of-title', message: 'Titeln anger inget år', line: 12 },
    { field: 'decision.date', rule: 'decision-made', message: 'Beslutet är daterat 2099-01-01' },
    { field: 'items[4].title', rule: 'year-of-title', message: 'Titeln anger inget år', line: 14 },
  ];
  const server = createServer(({ url }, response) => {
    const file = new URL(url!, 'http://sparbar').searchParams.get('file');
    response.writeHead(422, { 'Content-Type': 'application/problem+json' });
    response.end(JSON.stringify({ status: 422, code: 'doubtful', title: 'Doubtful', ...(file && { file }), doubts }));
  });
  beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('is told place by place, with what to add where it is meant, each rule once', async () => {
    const { port } = server.address() as AddressInfo;
    const asked = ['--url', `http://127.0.0.1:${port}`, '--token', 'x', 'freeze', newId()];
    expect(await told('--language', 'sv', ...asked)).toEqual([
      4,
      [
        'sparbar: Det ser ut som ett misstag; om det är avsett, lägg till --confirm year-of-title --confirm decision-made',
        '  rad 12: items[3].title: Titeln anger inget år',
        '  decision.date: Beslutet är daterat 2099-01-01',
        '  rad 14: items[4].title: Titeln anger inget år\n',
      ].join('\n'),
    ]);
    const [, english] = await told('--language', 'en', ...asked);
    expect(english).toMatch(/where it is meant, add --confirm year-of-title --confirm decision-made\n {2}line 12: /);
    const load = ['load', 'data/uppsala-organisation.yaml', 'data/uppsala-fokusmal-4.yaml'];
    const [, ofFile] = await told('--language', 'sv', ...asked.slice(0, 4), ...load);
    expect(ofFile).toMatch(/^sparbar: uppsala-organisation\.yaml: Det ser ut som ett misstag;/);
    const [, json] = await told('--json', ...asked);
    expect(JSON.parse(json)).toMatchObject({ error: { exitCode: 4, status: 422, problem: { doubts } } });
  });
});

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
    [
      ['--url', 'nowhere', '--token', 'x', 'plans'],
      2,
      'It must be an http or https URL',
      'Det ska vara en adress med http',
    ],
    [
      ['--url', 'http://a:b@x', '--token', 'x', 'plans'],
      2,
      'without a user and a password',
      'utan användare och lösenord',
    ],
    [['--nonsense'], 2, "unknown option '--nonsense'", 'flaggan --nonsense är okänd'],
    [['planz'], 2, "unknown command 'planz'\n(Did you mean", 'kommandot planz är okänt\n(Menades'],
    [['rounds'], 2, "missing required argument 'plan'", 'argumentet plan saknas'],
    [['plans', 'x', 'y'], 2, "too many arguments for 'plans': 0 expected, and 2 given", 'för många argument för plans'],
    [['--timeout'], 2, "option '--timeout <seconds>' argument missing", 'värdet för --timeout <seconds> saknas'],
    [['--timeout', '-1', 'plans'], 2, 'It must be a number of seconds', 'är fel. Det ska vara ett antal sekunder'],
    [[...nobody, 'status', 'p', '--as-of', 'igår'], 2, 'It must be', 'Det ska vara'],
    [['completion', 'tcsh'], 2, 'Allowed choices are bash, zsh', 'Det ska vara något av bash, zsh'],
    [[...nobody, 'load', '/'], 73, '/ cannot be used: it is a folder', '/ kan inte användas: det är en mapp'],
  ])('is told in the language of its user: %j', async (words, code, english, swedish) => {
    expect(await told('--language', 'en', ...words)).toEqual([code, expect.stringContaining(english)]);
    expect(await told('--language', 'sv', ...words)).toEqual([code, expect.stringContaining(swedish)]);
    expect((await told('--language', 'sv', ...words))[1]).not.toMatch(/error:/);
    const [, json] = await told('--language', 'sv', '--json', ...words);
    expect(JSON.parse(json)).toMatchObject({ error: { exitCode: code, message: expect.stringContaining(swedish) } });
  });

  it('is as if nothing were set where the environment sets it to nothing', async () => {
    const names = ['SPARBAR_URL', 'SPARBAR_TOKEN', 'SPARBAR_TIMEOUT', 'SPARBAR_LANGUAGE', 'SPARBAR_TENANT'];
    const before = Object.fromEntries(names.map((name) => [name, process.env[name]]));
    for (const name of names) process.env[name] = '';
    try {
      expect(await told('--language', 'en', 'plans')).toEqual([2, expect.stringContaining('Give --token')]);
    } finally {
      for (const name of names) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
  });
});
