import { beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { ApiClient } from './api-client.js';
import { mend } from './mending.js';
import { mendings } from './mendings.js';

const ids = { body: newId(), group: newId(), plan: newId(), round: newId(), item: newId(), indicator: newId() };
const [event, recordedBy] = [newId(), newId()];

let asked: string[];
let posted: { path: string; body: Record<string, unknown> }[];
let recorded: string[];

/** An API that is a double: it has one of each thing, and keeps what is asked and sent. */
const client = new ApiClient({
  worksHere: false,
  close: async () => undefined,
  request: async ({ body, path }) => {
    const { pathname } = new URL(path, 'http://double');
    const lists: Readonly<Record<string, object>> = {
      '/v1/bodies': { id: ids.body, key: 'amn' },
      '/v1/groups': { id: ids.group, key: 'alla' },
      '/v1/plans': { id: ids.plan },
      [`/v1/plans/${ids.plan}/rounds`]: { id: ids.round, key: 'april', status: 'open' },
      [`/v1/plans/${ids.plan}/items`]: { id: ids.item },
      [`/v1/plans/${ids.plan}/indicators`]: { id: ids.indicator, key: 'besok' },
    };
    if (body) posted.push({ path, body: JSON.parse(body.text) });
    else asked.push(path);
    const shown = { series: [{ period: '2024', eventId: recordedBy }] };
    const listed = lists[pathname];
    const read = listed ? { items: [listed], total: 1 } : shown;
    const answer = body ? { recorded, position: '7' } : read;
    return { status: 200, type: 'application/json', bytes: Buffer.from(JSON.stringify(answer)) };
  },
});

const put = (usage: string, words: readonly string[], options: Readonly<Record<string, unknown>> = {}) =>
  mend(
    client,
    mendings.find((one) => one.usage.startsWith(`${usage} `))!,
    words,
    options,
  );

describe('A command that sets something right', () => {
  beforeEach(() => {
    asked = [];
    posted = [];
    recorded = ['Something'];
  });

  it.each([
    ['item hold', ['vp:7'], { until: '2025-09-01', reason: 'Fel', corrects: event }, 'items/{item}/hold', {}],
    ['item renumber', ['vp:7'], { unnumbered: true }, 'items/{item}/renumber', { number: null }],
    ['item move', ['vp:7'], { under: ['vp:1'] }, 'items/{item}/move', { parents: [ids.item] }],
    ['item concern', ['vp:7'], { body: ['amn'] }, 'items/{item}/concerned', { concerned: { bodies: [ids.body] } }],
    ['item concern', ['vp:7'], { nobody: true }, 'items/{item}/concerned', { concerned: null }],
    [
      'plan amend',
      ['vp'],
      { validFrom: '2025-01-01', owner: 'amn', role: 'Direktör' },
      'plans/{plan}/amendments',
      {
        validity: { from: '2025-01-01' },
        owner: { bodyId: ids.body, role: 'Direktör' },
      },
    ],
    [
      'assessment correct',
      ['vp:7', event],
      { round: 'vp:april', reason: 'Fel' },
      `items/{item}/assessments/${event}/corrections`,
      { roundId: ids.round, reason: 'Fel' },
    ],
    [
      'assessment withdraw',
      ['vp:7', event],
      { reason: 'Fel' },
      `items/{item}/assessments/${event}/withdrawal`,
      { reason: 'Fel' },
    ],
    [
      'value correct',
      ['vp:besok', '2024'],
      { total: { value: '8' }, reason: 'Fel' },
      'indicators/{indicator}/values/corrections',
      { period: '2024', total: { value: '8' }, reason: 'Fel' },
    ],
    [
      'value withdraw',
      ['vp:besok', '2024'],
      { reason: 'Fel' },
      `indicators/{indicator}/changes/${recordedBy}/cancel`,
      { reason: 'Fel' },
    ],
    [
      'indicator target',
      ['vp:besok'],
      { atMost: '1', by: '2026-12-31', effectiveOn: '2025-02-01' },
      'indicators/{indicator}/targets',
      { target: { atMost: '1', by: '2026-12-31' }, effectiveOn: '2025-02-01' },
    ],
    ['indicator retire', [ids.indicator], { reason: 'Fel' }, 'indicators/{indicator}/retire', { reason: 'Fel' }],
    [
      'body amend-alias',
      ['amn', event],
      { to: '2025-12-31', reason: 'Fel' },
      `bodies/{body}/aliases/${event}/amend`,
      { to: '2025-12-31', reason: 'Fel' },
    ],
    [
      'group members',
      ['alla'],
      { member: ['amn'], corrects: event },
      'groups/{group}/members',
      { members: [ids.body], corrects: event },
    ],
  ] as const)('asks the API for it: %s %p', async (usage, words, options, path, body) => {
    const { text } = await put(usage, words, options);
    const place = path.replace(/\{(\w+)\}/, (_, kind: keyof typeof ids) => ids[kind]);
    expect(posted).toEqual([{ path: `/v1/${place}`, body: expect.objectContaining(body) }]);
    expect(text).toMatch(/, vid 7\.$/);
  });

  it('names the event that it corrects, and looks names up as they were', async () => {
    await put('item complete', ['vp:7'], { corrects: event, asOf: '2025-06-01' });
    expect(posted[0]!.body).toEqual({ corrects: event });
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.filter((path) => !path.includes('asOf=2025-06-01'))).toEqual([]);
  });

  it('says where it says nothing new, and that nothing is recorded of a period', async () => {
    recorded = [];
    const { text } = await put('body rename', ['amn'], { name: 'Nämnden' });
    expect(text).toBe('Inget ändrades: så är det redan.');
    await expect(put('value withdraw', ['vp:besok', '2023'], { reason: 'Fel' })).rejects.toThrow('2023');
    expect(posted).toHaveLength(1);
  });

  it('reads a value as it is printed, and a gap by its sign or its code', () => {
    const { take } = mendings.find(({ usage }) => usage.startsWith('value correct'))!.given![0]!;
    const cells = ['40', '26,3', '4 063', '..', 'not-measured'].map((text) => take!(text));
    expect(cells).toEqual([
      { value: '40' },
      { value: '26.3' },
      { value: '4063' },
      { gap: expect.any(String) },
      { gap: 'not-measured' },
    ]);
    expect(() => take!('ungefär tio')).toThrow('number');
  });
});
