import { beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { ApiClient } from './api-client.js';
import { correctDecision } from './correct-decision.js';
import { exitCodeOf } from './exit-code.js';

const ids = { body: newId(), group: newId(), plan: newId(), round: newId(), item: newId(), scale: newId() };
const event = newId();
const decided = { body: 'amn', date: '2024-12-19', reason: 'Fel paragraf' } as const;

let asked: string[];
let posted: { path: string; role: string; body: unknown }[];
let recorded: string[];

/** An API that is a double: it has one of each thing, and keeps what is asked and sent. */
const client = new ApiClient({
  worksHere: false,
  close: async () => undefined,
  request: async ({ body, path, role }) => {
    const { pathname } = new URL(path, 'http://double');
    const lists: Readonly<Record<string, object>> = {
      '/v1/bodies': { id: ids.body, key: 'amn' },
      '/v1/groups': { id: ids.group, key: 'alla' },
      '/v1/plans': { id: ids.plan },
      [`/v1/plans/${ids.plan}/rounds`]: { id: ids.round, key: 'april', status: 'open' },
      [`/v1/plans/${ids.plan}/items`]: { id: ids.item },
    };
    if (body) posted.push({ path, role, body: JSON.parse(body.text) });
    else asked.push(path);
    const answer = body ? { recorded } : { items: [lists[pathname]], total: 1 };
    return { status: 200, type: 'application/json', bytes: Buffer.from(JSON.stringify(answer)) };
  },
});

describe('A correction of a formal decision', () => {
  beforeEach(() => {
    asked = [];
    posted = [];
    recorded = ['DecisionCorrected'];
  });

  it.each([
    ['item', 'vp:uppdrag:7', ids.item],
    ['plan', 'vp', ids.plan],
    ['round', 'vp:april', ids.round],
    ['body', 'amn', ids.body],
    ['group', 'alla', ids.group],
    ['scale', ids.scale, ids.scale],
    ['indicator', ids.scale, ids.scale],
  ] as const)('names what is decided on as it is called: of the %s %s', async (category, subject, subjectId) => {
    const { text } = await correctDecision(client, event, { ...decided, category, subject, paragraph: '§ 144' });
    expect(text).toBe('Beslutet är rättat');
    expect(posted).toEqual([
      {
        path: `/v1/decisions/${event}/correct`,
        role: 'controller',
        body: {
          ...{ category, subjectId, reason: 'Fel paragraf' },
          decided: { bodyId: ids.body, date: '2024-12-19', paragraph: '§ 144' },
        },
      },
    ]);
  });

  it('looks every name up as it was on the day that is named', async () => {
    await correctDecision(client, event, { ...decided, category: 'item', subject: 'vp:uppdrag:7', asOf: '2025-06-01' });
    expect(asked.length).toBeGreaterThanOrEqual(3);
    expect(asked.filter((path) => !path.includes('asOf=2025-06-01'))).toEqual([]);
  });

  it('says where it says nothing new', async () => {
    recorded = [];
    const { text } = await correctDecision(client, event, { ...decided, category: 'plan', subject: 'vp' });
    expect(text).toBe('Inget ändrades: så lyder beslutet redan');
  });

  it('takes an indicator or a scale by its id alone, and sends nothing else', async () => {
    const named = correctDecision(client, event, { ...decided, category: 'scale', subject: 'fyra-farger' });
    expect(exitCodeOf(await named.catch((error: unknown) => error))).toBe(2);
    expect(posted).toEqual([]);
  });
});
