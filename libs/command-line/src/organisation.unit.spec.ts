import { describe, expect, it } from '@jest/globals';
import { inLanguage, newId, ToldError } from '#kernel';
import { ApiClient } from './api-client.js';
import { exitCodeOf } from './exit-code.js';
import { bodiesOf, bodyOf, groupOf, groupsOf } from './organisation.js';
import { groupId } from './references.js';

const [work, labour, group] = [newId(), newId(), newId()];
const swapped = '2026-01-01';

/** A register that is a double: AMN means the one body until the end of 2025, and the other from then on. */
const client = new ApiClient({
  worksHere: false,
  close: async () => undefined,
  request: async ({ path }) => {
    const { pathname, searchParams: query } = new URL(path, 'http://double');
    const asOf = query.get('asOf') ?? '2026-11-30';
    const isOlder = asOf < swapped;
    const aliases = {
      [work]: [{ alias: 'AMN', to: '2025-12-31' }, { alias: 'AN' }],
      [labour]: [{ alias: 'AMN', from: swapped }],
    };
    const body = (id: string, key: string, name: string) => ({
      ...{ id, key, name, kind: 'board', aliases: aliases[id], names: [{ name, since: '2011-01-01' }], asOf },
      ...(id === work && { dissolvedFrom: '2027-12-31' }),
    });
    const bodies = [body(work, 'arbete', 'Arbetsnämnden'), body(labour, 'amn', 'Arbetsmarknadsnämnden')];
    const groups = [
      { id: group, key: 'alla', name: 'Alla', members: bodies, memberships: [{ since: '2024-01-01' }], asOf },
    ];
    const alias = query.get('alias');
    const called = bodies.filter(({ id }) => alias === null || (alias === 'AMN' && id === (isOlder ? work : labour)));
    const history = Array.from({ length: 1_203 }, (_, index) => ({
      ...{ recordedAt: '2026-01-02T10:00:00.000Z', effectiveOn: asOf, actor: { role: 'controller' } },
      summary: `Fick namnet ”${index}”`,
    }));
    const list = pathname.endsWith('/history') ? history : pathname === '/v1/bodies' ? called : groups;
    const [limit, offset] = [Number(query.get('limit')), Number(query.get('offset'))];
    const one = [...bodies, ...groups].find(({ id }) => pathname.endsWith(id));
    const answer = one ?? { items: list.slice(offset, offset + limit), total: list.length };
    return { status: 200, type: 'application/json', bytes: Buffer.from(JSON.stringify(answer)) };
  },
});

const faultOf = async (asked: Promise<unknown>) => {
  const error = await asked.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { exitCode: exitCodeOf(error), told: error instanceof ToldError ? inLanguage('en', error.said) : error };
};

describe('The register on the command line', () => {
  it('lists bodies with the names that mean them on the day, since when they are there and until when', async () => {
    const { result, text } = await bodiesOf(client, {});
    expect(result).toHaveLength(2);
    expect(text).toMatch(/^arbete +Arbetsnämnden +AN +2011-01-01 +2027-12-31$/m);
    expect(text).toMatch(/^amn +Arbetsmarknadsnämnden +AMN +2011-01-01/m);
    expect((await bodiesOf(client, { asOf: '2025-06-01' })).text).toMatch(/^arbete +Arbetsnämnden +AMN, AN /m);
  });

  it('lists what an alias means on the day', async () => {
    expect((await bodiesOf(client, { alias: 'AMN' })).result).toMatchObject([{ id: labour }]);
    expect((await bodiesOf(client, { alias: 'AMN', asOf: '2025-06-01' })).result).toMatchObject([{ id: work }]);
    expect((await bodiesOf(client, { alias: 'XYZ' })).text).toBe('Inga nämnder eller bolag');
  });

  it('lists groups with their members', async () => {
    const { text } = await groupsOf(client, {});
    expect(text).toMatch(/^alla +Alla +2024-01-01 +Arbetsnämnden, Arbetsmarknadsnämnden$/m);
  });

  it.each([
    ['its key', 'arbete', {}, work],
    ['its key, though another has had it as an alias', 'amn', {}, labour],
    ['an alias', 'AMN', {}, labour],
    ['an alias that it had on a day', 'AMN', { asOf: '2025-12-31' }, work],
    ['its id', work, {}, work],
  ])('finds a body by %s', async (_, reference, moment, id) => {
    expect((await bodyOf(client, reference, moment)).result).toMatchObject({ id });
  });

  it('tells of a body its names, its end, and its whole history in words', async () => {
    const { result, text } = await bodyOf(client, 'arbete', { asOf: '2025-06-01' });
    expect((result as { history: object[] }).history).toHaveLength(1_203);
    expect(text.split('\n').slice(0, 5)).toEqual([
      'Arbetsnämnden (arbete), nämnd',
      'Namn från 2011-01-01: Arbetsnämnden',
      'Kallas även AMN till 2025-12-31',
      'Kallas även AN',
      'Upphör 2027-12-31',
    ]);
    expect(text).toMatch(/^2026-01-02 10:00 +2025-06-01 +controller +Fick namnet ”1202”$/m);
  });

  it('tells of a group its members and its history', async () => {
    const { text } = await groupOf(client, 'alla', {});
    expect(text).toMatch(/^Alla \(alla\)\nMedlemmar: Arbetsnämnden, Arbetsmarknadsnämnden\n\n/);
    expect(text).toContain('Fick namnet ”0”');
  });

  it('says of a name that nothing has on the day that it is not there, and of what is no name that it is none', async () => {
    const missing = 'There is no body with the key or alias XYZ on 2025-06-01';
    expect(await faultOf(bodyOf(client, 'XYZ', { asOf: '2025-06-01' }))).toEqual({ exitCode: 3, told: missing });
    expect(await faultOf(bodyOf(client, ' ', {}))).toMatchObject({ exitCode: 2 });
    const noGroup = 'There is no group with the key inga';
    expect(await faultOf(groupId(client, 'inga'))).toEqual({ exitCode: 3, told: noGroup });
    expect(await faultOf(groupId(client, 'Inga grupper'))).toMatchObject({ exitCode: 2 });
  });
});
