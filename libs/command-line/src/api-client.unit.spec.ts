import { describe, expect, it } from '@jest/globals';
import { ApiClient, json, yaml } from './api-client.js';
import type { Transport } from './api-client.js';
import { NoSparbar } from './no-sparbar.js';

type Asked = Parameters<Transport['request']>[0];

/** What an API is asked that is a double. */
async function asked(confirm: readonly string[] | undefined, ask: (client: ApiClient) => Promise<unknown>) {
  const requests: Asked[] = [];
  const transport: Transport = {
    worksHere: false,
    close: async () => undefined,
    request: async (request) => {
      requests.push(request);
      return { status: 200, type: 'application/json', bytes: Buffer.from('{}') };
    },
  };
  await ask(new ApiClient(transport, { confirm }));
  return requests.map(({ body, path }) => [path, body?.text]);
}

describe('What is confirmed on the command line', () => {
  const rules = ['plan-term', 'year-of-title'];

  it('is said in what is asked, beside what that confirms itself', async () => {
    const given = { reason: 'Fel', confirm: ['plan-term', 'round-year'] };
    expect(await asked(rules, (client) => client.post('/v1/a', 'controller', json(given)))).toEqual([
      ['/v1/a', JSON.stringify({ reason: 'Fel', confirm: ['plan-term', 'round-year', 'year-of-title'] })],
    ]);
    expect(await asked(rules, (client) => client.post('/v1/a', 'controller'))).toEqual([
      ['/v1/a', JSON.stringify({ confirm: rules })],
    ]);
  });

  it('is said in the address of a file', async () => {
    expect(await asked(rules, (client) => client.post('/v1/imports', 'controller', yaml('sparbar: 1')))).toEqual([
      ['/v1/imports?confirm=plan-term,year-of-title', 'sparbar: 1'],
    ]);
  });

  it('is nothing where nothing is asked to be recorded, or nothing is confirmed', async () => {
    expect(await asked(rules, (client) => client.get('/v1/plans'))).toEqual([['/v1/plans', undefined]]);
    expect(await asked(undefined, (client) => client.post('/v1/a', 'controller', json({})))).toEqual([['/v1/a', '{}']]);
  });
});

describe('An answer in JSON that is not Spårbar’s', () => {
  it.each([
    [200, '{}'],
    [200, 'null'],
    [200, '[]'],
    [200, '{"items":{},"total":1}'],
    [404, '{"error":"no such page"}'],
    [503, 'null'],
  ])('is told as such: %i %s', async (status, text) => {
    const bytes = Buffer.from(text);
    const transport: Transport = {
      worksHere: false,
      close: async () => undefined,
      request: async () => ({ status, type: 'application/json', bytes }),
    };
    await expect(new ApiClient(transport).list('/v1/plans')).rejects.toThrow(NoSparbar);
  });
});
