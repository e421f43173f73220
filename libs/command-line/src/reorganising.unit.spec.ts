import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '#kernel';
import { ApiClient } from './api-client.js';
import { reorganise } from './reorganising.js';

const [amn, osn, scn, item] = [newId(), newId(), newId(), newId()];
const from = '2027-01-01';

/** An API that is a double: it knows three bodies and an item, previews with a fault, and remembers what it was sent. */
const sent: { path: string; asked: unknown }[] = [];
const client = new ApiClient({
  worksHere: false,
  close: async () => undefined,
  request: async ({ body, path }) => {
    const { pathname } = new URL(path, 'http://double');
    if (body) sent.push({ path: pathname, asked: JSON.parse(body.text) });
    const bodies = [
      { id: amn, key: 'amn', name: 'AMN' },
      { id: osn, key: 'osn', name: 'OSN' },
      { id: scn, key: 'scn', name: 'SCN' },
    ];
    const named = {
      category: 'item',
      name: 'Fler i arbete',
      property: 'responsible',
      effectiveOn: from,
      before: [amn],
    };
    const answer = pathname.endsWith('/preview')
      ? {
          effectiveOn: from,
          changes: [named],
          rounds: [{ label: 'April', referenceDate: '2027-03-31', asks: [osn, scn] }],
          faults: [{ field: `item:${item}`, message: 'Ingen är angiven som tar över Fler i arbete' }],
          doubts: [],
        }
      : pathname === '/v1/reorganisations'
        ? { reorganisationId: amn, isCarriedOut: true, undone: 0 }
        : pathname.endsWith('/items')
          ? { items: [{ id: item }] }
          : pathname === '/v1/plans'
            ? { items: [{ id: osn }] }
            : { items: bodies, total: bodies.length };
    return { status: 200, type: 'application/json', bytes: Buffer.from(JSON.stringify(answer)) };
  },
});

describe('A body that ends, on the command line', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-reorganising-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it('is split by names, each thing to who is named for it in a file', async () => {
    const named = join(folder, 'named.json');
    await writeFile(named, JSON.stringify([{ category: 'item', id: 'plan:uppdrag:7', successors: ['osn'] }]));
    const asked = { from, named, comment: 'Delas' };
    const { text } = await reorganise(client, { kind: 'split', ending: 'amn', takers: ['osn', 'scn'], asked });
    expect(text).toBe(`Omorganisationen ${amn}: Genomförd`);
    expect(sent.at(-1)).toEqual({
      path: '/v1/reorganisations',
      asked: {
        kind: 'split',
        bodyId: amn,
        successors: [osn, scn],
        named: [{ category: 'item', id: item, successors: [osn] }],
        effectiveOn: from,
        comment: 'Delas',
      },
    });
  });

  it('is shown before, with what stands in the way, and ends with a code of its own', async () => {
    const asked = { from, preview: true };
    const outcome = await reorganise(client, { kind: 'split', ending: 'amn', takers: ['osn', 'scn'], asked });
    expect(sent.at(-1)!.path).toBe('/v1/reorganisations/preview');
    expect(outcome.exitCode).toBe(4);
    expect(outcome.text).toMatch(new RegExp(`^Fler i arbete +2027-01-01 +Ansvariga +${amn} +\\?$`, 'm'));
    expect(outcome.text).toMatch(/^April +2027-03-31/m);
    expect(outcome.text).toContain('Ingen är angiven som tar över Fler i arbete');
  });

  it('takes a decision whole, and a list of what it names', async () => {
    const merge = { kind: 'merged', ending: 'amn', takers: ['osn'] } as const;
    await expect(reorganise(client, { ...merge, asked: { from, date: '2026-11-01' } })).rejects.toThrow('--decided-by');
    const named = join(folder, 'wrong.json');
    await writeFile(named, '{}');
    await expect(reorganise(client, { ...merge, asked: { from, named } })).rejects.toThrow('holds no JSON');
    await writeFile(named, '[{ "category": "round" }]');
    await expect(reorganise(client, { ...merge, asked: { from, named } })).rejects.toThrow('holds no JSON');
  });
});
