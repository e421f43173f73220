import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { bodyIdOf } from '#organisation';
import { itemIdOf, planIdOf } from '#planning';
import { roundIdOf } from '#rounds';
import { DescribedOperations } from './support/hostile/described-operations.js';
import { plans, RunningSystem, tenant } from './support/running-system.js';

const plan = planIdOf(tenant, 'amn-verksamhetsplan-2025');
const item = itemIdOf(tenant, plan, 'uppdrag-2');
const assessment = {
  roundId: roundIdOf(tenant, plan, 'april-2025'),
  bodyId: bodyIdOf(tenant, 'amn'),
  level: 'green',
  motivation: 'Det går bra.',
};

describe('A problem', () => {
  let system: RunningSystem;

  beforeAll(async () => {
    system = await RunningSystem.start();
    await system.load(...plans);
  }, 60_000);
  afterAll(() => system.stop());

  const ask = async (url: string, body: unknown, language?: string, role: 'controller' | 'reader' = 'controller') =>
    system.request('POST', `/v1/${url}`, await system.token(role), body, {
      ...(language !== undefined && { 'Accept-Language': language }),
    });

  it('is told in the language that its caller asks for, with the same code and parameters', async () => {
    const url = `items/${item}/assessments`;
    const english = await ask(url, assessment);
    const swedish = await ask(url, assessment, 'sv-SE,sv;q=0.9,en;q=0.5');
    const levels = ['completed', 'on-track', 'delayed', 'not-carried-out'];
    expect(english.body).toMatchObject({
      code: 'rule-violation',
      rule: 'level-on-scale',
      title: 'A rule does not allow it',
      detail: `green is no level of the scale; it has ${levels.join(', ')}`,
      params: { level: 'green', levels },
    });
    expect(swedish.body).toMatchObject({
      code: 'rule-violation',
      rule: 'level-on-scale',
      title: 'En regel tillåter det inte',
      detail: `green är ingen nivå på skalan; den har ${levels.join(', ')}`,
      params: { level: 'green', levels },
    });
    expect([english, swedish].map(({ headers }) => headers.get('content-language'))).toEqual(['en', 'sv']);
    for (const { headers } of [english, swedish]) expect(headers.get('vary')).toMatch(/\bAccept-Language\b/);
  });

  it('tells every fault of a request in that language, each with its code and parameters', async () => {
    const wrong = {
      roundId: 'april',
      level: 'Grön!',
      motivation: '',
      evidence: [{}],
      extra: 1,
      effectiveOn: '2025-02-30',
    };
    const { body } = await ask(`items/${item}/assessments`, wrong, 'sv');
    expect(body).toMatchObject({ title: 'Begäran kan inte tolkas' });
    const told = Object.fromEntries(
      (body.faults as { field: string; message: string }[]).map(({ field, ...fault }) => [field, fault]),
    );
    expect(told).toEqual({
      roundId: { code: 'not-of-kind', params: { expected: 'id' }, message: 'ska vara ett UUID' },
      bodyId: { code: 'not-of-kind', params: { expected: 'id' }, message: 'ska vara ett UUID' },
      level: {
        code: 'not-of-kind',
        params: { expected: 'code' },
        message: 'ska vara små bokstäver a–z, siffror och enstaka bindestreck',
      },
      motivation: { code: 'empty', params: {}, message: 'får inte vara tomt' },
      evidence: {
        code: 'exactly-one',
        params: { names: ['itemId', 'indicatorId', 'note'] },
        message: 'ska innehålla exakt ett av itemId, indicatorId, note',
      },
      extra: { code: 'unknown-field', params: {}, message: 'är inget fält i denna begäran' },
      effectiveOn: {
        code: 'not-of-kind',
        params: { expected: 'day' },
        message: 'ska vara en dag som finns, såsom ÅÅÅÅ-MM-DD',
      },
    });
  });

  it('tells every fault of a plan file in that language, each with its code and parameters', async () => {
    const load = async (text: string, language: string) => {
      const headers = { 'Content-Type': 'application/yaml', 'Accept-Language': language };
      const token = await system.token('controller');
      return (await system.request('POST', '/v1/imports', token, text, headers)).body;
    };
    const file = 'sparbar: 1\nbodies: [{ key: Ä, name: x, kind: board }]\nrounds: [{ key: a }]';
    expect(await load(file, 'sv')).toMatchObject({
      title: 'Planfilen har fel',
      faults: expect.arrayContaining([
        {
          ...{
            field: 'bodies[0].key',
            line: 2,
            column: 17,
            code: 'not-of-kind',
            params: { value: 'Ä', expected: 'key' },
          },
          message: '"Ä" passar inte: en nyckel skrivs med a–z, 0–9 och enstaka bindestreck (å och ä blir a, ö blir o)',
        },
        expect.objectContaining({ field: 'rounds[0].plan', code: 'missing', message: 'saknas' }),
      ]),
    });
    const nowhere = 'sparbar: 1\nsuccessions: [{ from: { plan: p, item: a }, to: { plan: p, item: b }, kind: merged }]';
    const [swedish, english] = [await load(nowhere, 'sv'), await load(nowhere, 'en')];
    const params = { kind: 'plan', named: ['p'], where: ', named in 2 places' };
    expect(english.faults).toMatchObject([
      { code: 'not-recorded', params, message: expect.stringContaining('no plan p') },
    ]);
    expect(swedish.faults).toMatchObject([
      {
        code: 'not-recorded',
        params: { kind: 'plan' },
        message: expect.stringMatching(/^finns varken .*: planen p, på 2 ställen/),
      },
    ]);
  });

  it.each([
    ['plans/none/amendments', {}, 'controller', 400, 'Begäran kan inte tolkas', /planId: ska vara ett UUID/],
    [
      `items/${plan}/reword`,
      { title: 'Ny' },
      'controller',
      404,
      'Det som söks finns inte',
      /^Hittades inte: uppdraget /,
    ],
    ['bodies', { name: 'x', kind: 'board' }, 'reader', 403, 'Behörigheten räcker inte för detta', /rollen reader/],
    ['nowhere', {}, 'controller', 404, 'Det finns ingen sådan adress', /./],
    ['bodies', '{', 'controller', 400, 'Begäran kan inte tolkas', /./],
  ] as const)('is told in Swedish whatever refuses: %s %j by a %s', async (url, body, role, status, title, detail) => {
    const headers = {
      'Accept-Language': 'sv',
      ...(typeof body === 'string' && { 'Content-Type': 'application/json' }),
    };
    const answer = await system.request('POST', `/v1/${url}`, await system.token(role), body, headers);
    expect(answer).toMatchObject({
      status,
      body: { title, detail: expect.stringMatching(detail), params: expect.anything() },
    });
  });

  it('of a row in bulk is told in the language of the whole', async () => {
    const { body, headers } = await ask('assessments', { rows: [{ ...assessment, itemId: item }] }, 'sv');
    expect(body.rows[0].problem).toMatchObject({ detail: expect.stringContaining('ingen nivå på skalan') });
    expect(headers.get('content-language')).toBe('sv');
  });

  it('is none where a command changes nothing, which its receipt says', async () => {
    const { title } = (await system.request('GET', `/v1/items/${item}`, await system.token('reader'))).body;
    const [swedish, english] = [
      await ask(`items/${item}/reword`, { title }, 'sv'),
      await ask(`items/${item}/reword`, { title }),
    ];
    for (const { body, status } of [swedish, english]) expect([status, body.recorded]).toEqual([200, []]);
    expect(swedish.body.message).toBe('Inget registrerades: det som begärdes gäller redan');
    expect(english.body.message).toBe('Nothing was recorded: what was asked for holds already');
    expect(swedish.headers.get('content-language')).toBe('sv');
    const { body } = await ask(`items/${item}/reword`, { title: `${title as string}!`, effectiveOn: '2025-06-01' });
    expect(body).not.toHaveProperty('message');
  });

  it('says that there is nothing of what a path names, in whichever place, where others have an empty list', async () => {
    const [planId, itemId] = [plan, item];
    const token = await system.token('controller');
    const { body: revised } = await system.request('POST', `/v1/plans/${planId}/revisions`, token, {
      steps: [{ command: 'RewordItem', itemId, asked: { title: 'Fler i arbete, snart' } }],
    });
    const known = { planId, itemId, revisionId: revised.revisionId as string };
    const { body: document } = await system.request('GET', '/v1/openapi.json');
    const described = new DescribedOperations(document, known);
    const reads = described.all.filter(({ method }) => method === 'GET');
    const asked = reads.flatMap((operation) => {
      const needed = operation.parameters.filter(({ required }) => required);
      const query = needed
        .filter((one) => one.in === 'query')
        .map(({ name, schema }) => `${name}=${String(described.exampleOf(schema, name) ?? (newId() as unknown))}`);
      return needed
        .filter((one) => one.in === 'path')
        .map(({ name }) => ({
          name,
          path: `${described.pathOf(operation, { [name]: newId() })}?${query.join('&')}`,
        }));
    });
    expect(new Set(asked.map(({ name }) => name)).size).toBeGreaterThan(8);
    const admin = await system.token('administrator');
    const told = asked.map(async ({ name, path }) => {
      const { body, status } = await system.request('GET', path, /jobs|projections/.test(path) ? admin : token);
      return { path, name, answer: [status, body.status, body.code] };
    });
    const others = (await Promise.all(told)).filter(({ answer }) => answer.join() !== '404,404,not-found');
    expect(others).toEqual([]);
    for (const list of ['items', 'indicators', 'rounds', 'revisions']) {
      const path = `/v1/plans/${planId}/${list}?limit=1`;
      expect(await system.request('GET', path, token)).toMatchObject({ status: 200 });
    }
  });
});
