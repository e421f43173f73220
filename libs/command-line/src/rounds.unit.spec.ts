import { describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { ApiClient } from './api-client.js';
import { coverage } from './rounds.js';

const round = newId();
const [many, few] = [newId(), newId()];
const owed: Readonly<Record<string, number>> = { [many]: 1_203, [few]: 2 };

/** An API that is a double: of two bodies it tells what they owe in parts, as the API does. */
const client = new ApiClient({
  worksHere: false,
  close: async () => undefined,
  request: async ({ path }) => {
    const query = new URL(path, 'http://double').searchParams;
    const [limit, offset] = ['entryLimit', 'entryOffset'].map((name) => Number(query.get(name) ?? 0)) as [
      number,
      number,
    ];
    const ids = [many, few].filter((id) => (query.get('bodyId') ?? id) === id);
    const items = ids.map((id) => ({
      body: { id, name: id },
      deadline: '2025-04-30',
      ready: id === few ? { at: '2025-04-28T10:00:00.000Z' } : null,
      counts: { missing: owed[id] },
      entries: Array.from({ length: owed[id]! }, (_, index) => ({
        ...{ label: `Uppdrag ${index}`, expected: true, state: 'missing' },
      })).slice(offset, offset + Math.min(limit, 500)),
      entriesTotal: owed[id]!,
    }));
    const answer = { label: 'April', status: 'open', totals, indicators: [], items, total: ids.length };
    return { status: 200, type: 'application/json', bytes: Buffer.from(JSON.stringify(answer)) };
  },
});

const totals = { bodies: 3, ready: 2, readyLacking: 1, assessed: 4, expected: 65 };

describe('The coverage of a round', () => {
  it('counts nobody as ready who has said so and lacks assessments', async () => {
    const { text } = await coverage(client, round);
    expect(text).toContain(
      '1 av 3 klara (1 till har sagt sig vara klara fast bedömningar saknas), 4 av 65 bedömningar',
    );
    expect(text).toMatch(new RegExp(`${few} .*nej, sade sig klar 2025-04-28 10:00`));
  });

  it('is told whole, however many parts its answer comes in', async () => {
    const { result, text } = await coverage(client, round);
    expect(result.items.map(({ entries }) => entries.length)).toEqual([1_203, 2]);
    expect(new Set(result.items[0]!.entries.map(({ label }) => label)).size).toBe(1_203);
    expect(text).toContain('Uppdrag 1202');
  });
});
