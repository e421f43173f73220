import { describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { ApiClient } from './api-client.js';
import { differences } from './differences.js';
import { items } from './listing.js';

const [plan, round] = [newId(), newId()];
const ids = Array.from({ length: 501 }, () => newId());
const differing = ids.map((itemId, index) => ({
  ...{ itemId, label: `Uppdrag ${index}`, title: 'Fler i arbete' },
  levels: [
    { body: { name: 'KF' }, capacity: 'owner', level: { label: 'Grön' }, withOthers: 'differs' },
    { body: { name: 'AMN' }, capacity: 'contribution', level: { label: 'Gul' }, withOwner: 'differs' },
    { body: { name: 'KS' }, capacity: 'contribution', level: { label: 'Gul' }, withOwner: 'not-comparable' },
  ],
}));

/** An API that is a double: it tells the differences in a round in parts, and one item of the plan. */
const client = new ApiClient({
  worksHere: false,
  close: async () => undefined,
  request: async ({ path }) => {
    const { pathname, searchParams } = new URL(path, 'http://double');
    const offset = Number(searchParams.get('offset') ?? 0);
    const counts = { same: 4, differing: 501, notComparable: 1 };
    const listed = { id: ids[0], label: 'Uppdrag 0', title: 'Fler i arbete', statusLabel: 'Grön' };
    const answer = pathname.endsWith('/differences')
      ? { label: 'April', counts, items: differing.slice(offset, offset + 500), total: differing.length }
      : { items: searchParams.get('differsIn') === round ? [listed] : [], total: 1 };
    return { status: 200, type: 'application/json', bytes: Buffer.from(JSON.stringify(answer)) };
  },
});

describe('The differences in a round', () => {
  it('are told whole, each body on a row of its own, and what is not comparable as such', async () => {
    const { result, text } = await differences(client, round, {});
    expect(result.items).toHaveLength(501);
    const lines = text.split('\n');
    expect(lines[0]).toBe(
      'April: av 506 som flera har bedömt bedöms 501 olika, och 1 är bedömda på olika skalor och kan inte jämföras.',
    );
    expect(lines[3]).toMatch(/^Uppdrag 0 +KF \(ägare\) +Grön +skiljer sig +Fler i arbete$/);
    expect(lines[4]).toMatch(/^ +AMN +Gul +skiljer sig/);
    expect(lines[5]).toMatch(/^ +KS +Gul +annan skala/);
    expect(text).toContain('Uppdrag 500');
  });

  it('stand beside the items that are listed for them', async () => {
    const { text } = await items(client, plan, { differsIn: round });
    expect(text.split('\n')[0]).toMatch(/Bedöms olika/);
    expect(text).toMatch(/Uppdrag 0 +Grön +KF: Grön, AMN: Gul, KS: Gul +Fler i arbete/);
  });
});
