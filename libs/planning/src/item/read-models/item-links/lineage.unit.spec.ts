import { describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '#kernel';
import { ReadModelsBehind } from '#projecting';
import { DocumentsInMemory } from '../../testing/documents-in-memory.js';
import type { ItemEvent } from '../../item.events.js';
import type { ItemReader } from '../item-status/item.reader.js';
import { LineageReader } from './lineage.reader.js';

const tenant = 'uppsala';
const instant = (position: number) => new Date(Date.UTC(2025, 0, position)).toISOString();

interface Link {
  readonly from: string;
  readonly to: string;
  readonly kind?: string;
  readonly on?: string;
  readonly of?: string;
}

/** A log in which links are recorded, one a day; `gone` takes back the last one, `cancelled` the item that it is of. */
function readerOf(...steps: readonly (Link | 'gone' | 'cancelled')[]): LineageReader {
  return new LineageReader(documentsOf(steps), {} as ItemReader);
}

function documentsOf(steps: readonly (Link | 'gone' | 'cancelled')[]): DocumentsInMemory {
  const documents = new DocumentsInMemory();
  const revisions = new Map<string, number>();
  let last: { readonly link: Link; readonly revision: number } | undefined;
  for (const [index, step] of steps.entries()) {
    const link = typeof step === 'string' ? last!.link : step;
    const { from, kind = 'reworded', of = tenant, on = '2025-01-01', to } = link;
    const revision = (revisions.get(from) ?? 0) + 1;
    revisions.set(from, revision);
    const subject = { itemId: from, planId: 'old' };
    const metadata = {
      ...{ tenant: of, effectiveOn: on, recordedAt: instant(index + 1) },
      actor: { id: 'a', role: 'controller' },
    };
    const place = { stream: `${of}.item-${from}`, position: String(index + 1).padStart(20, '0'), metadata };
    if (revision === 1) {
      const lists = { parents: [], responsible: [], documents: [], expectedEffects: [] };
      const adopted = { type: 'ItemAdopted', data: { ...subject, kind: 'atgard', title: from, ...lists } };
      documents.take({ ...adopted, ...place, id: from, revision: 0 } as unknown as RecordedEvent<ItemEvent>);
    }
    const event =
      step === 'gone'
        ? {
            type: 'ItemRevisionRetracted',
            data: {
              ...{ ...subject, revisions: [last!.revision], restores: {} },
              ...(kind === 'answers'
                ? { retracted: 'ItemAnswerDeclared' }
                : { retracted: 'ItemSucceeded', successor: { itemId: to, kind } }),
            },
          }
        : step === 'cancelled'
          ? { type: 'ItemCancelled', data: { ...subject, reason: 'Fel' } }
          : kind === 'answers'
            ? {
                type: 'ItemAnswerDeclared',
                data: { ...subject, answersId: to, answersPlanId: 'council', inferred: false },
              }
            : {
                type: 'ItemSucceeded',
                data: { ...subject, successorId: to, successorPlanId: 'new', kind, inferred: false },
              };
    if (typeof step !== 'string') last = { link, revision };
    documents.take({ ...event, ...place, id: String(index), revision } as unknown as RecordedEvent<ItemEvent>);
  }
  return documents;
}

const ends = (links: readonly { readonly from: string; readonly to: string; readonly kind: string }[]) =>
  links.map(({ from, kind, to }) => `${from} ${kind} ${to}`);

describe('What succeeds what', () => {
  it('is told from both ends, several links between one pair each by itself', async () => {
    const reader = readerOf(
      { from: '41', to: '20' },
      { from: '41', to: '20', kind: 'merged' },
      { from: '42', to: '20', kind: 'merged' },
      { from: '42', to: '21', kind: 'split' },
    );
    expect(ends(await reader.linksTo(tenant, ['20'], {}))).toEqual(['41 reworded 20', '41 merged 20', '42 merged 20']);
    expect(ends(await reader.linksFrom(tenant, ['42'], {}))).toEqual(['42 merged 20', '42 split 21']);
    expect(await reader.linksTo(tenant, ['41'], {})).toEqual([]);
  });

  it('is told as of a day, as it was known and as had been said', async () => {
    const reader = readerOf({ from: '41', to: '20', on: '2025-06-01' }, 'gone', { from: '41', to: '21' });
    const at = async (moment: object) => ends(await reader.linksFrom(tenant, ['41'], moment));
    expect(await at({})).toEqual(['41 reworded 21']);
    expect(await at({ knownAt: instant(1) })).toEqual(['41 reworded 20']);
    expect(await at({ knownAt: instant(2) })).toEqual([]);
    expect(await at({ asOf: '2025-05-31', knownAt: instant(1) })).toEqual([]);
    expect(await at({ saidBy: '2025-01-01' })).toEqual(['41 reworded 20']);
    expect(await at({ saidBy: '2024-12-31' })).toEqual([]);
  });

  it('goes with the older item where that is cancelled, as far as that was known', async () => {
    const reader = readerOf({ from: '41', to: '20' }, { from: '41', to: '21' }, 'gone', 'cancelled', {
      from: '41',
      to: '22',
    });
    const at = async (moment: object) => ends(await reader.linksFrom(tenant, ['41'], moment));
    expect(await at({})).toEqual(['41 reworded 22']);
    expect(await at({ knownAt: instant(4) })).toEqual([]);
    expect(await at({ knownAt: instant(3) })).toEqual(['41 reworded 20']);
  });

  it('is told apart from what answers what, which is told from both ends too', async () => {
    const answers = (from: string, to: string) => ({ from, to, kind: 'answers' });
    const reader = readerOf({ from: '41', to: '20' }, answers('41', 'A'), answers('42', 'A'), 'gone', {
      from: '42',
      to: '20',
    });
    expect(ends(await reader.linksFrom(tenant, ['41', '42'], {}))).toEqual(['41 reworded 20', '42 reworded 20']);
    expect(ends(await reader.linksTo(tenant, ['A', '20'], {}))).toEqual(['41 reworded 20', '42 reworded 20']);
    expect(ends(await reader.answersTo(tenant, ['A', '20'], {}))).toEqual(['41 answers A']);
    expect(ends(await reader.answersTo(tenant, ['A'], { knownAt: instant(3) }))).toEqual([
      '41 answers A',
      '42 answers A',
    ]);
    expect(ends(await reader.answersFrom(tenant, ['41', '42'], {}))).toEqual(['41 answers A']);
    expect(await reader.answersTo('umea', ['A'], {})).toEqual([]);
    expect((await reader.lineageOf(tenant, '41', {})).itemIds).toEqual(['41', '20']);
    const cancelled = readerOf({ from: '41', to: '20' }, answers('41', 'A'), 'cancelled');
    expect(await cancelled.answersTo(tenant, ['A'], {})).toEqual([]);
  });

  it('tells of an item what it came from and what came of it, however far, and not of what else came of those', async () => {
    const reader = readerOf(
      { from: 'a', to: 'b' },
      { from: 'b', to: 'c' },
      { from: 'c', to: 'd' },
      { from: 'b', to: 'aside' },
      { from: 'other', to: 'd' },
    );
    const { isWhole, itemIds, links } = await reader.lineageOf(tenant, 'c', {});
    expect([...itemIds].sort()).toEqual(['a', 'b', 'c', 'd']);
    expect(itemIds[0]).toBe('c');
    expect(ends(links)).toEqual(['a reworded b', 'b reworded c', 'c reworded d']);
    expect(isWhole).toBe(true);
  });

  it('meets each item once where links lead round in a circle', async () => {
    const reader = readerOf({ from: 'a', to: 'b' }, { from: 'b', to: 'c' }, { from: 'c', to: 'a' });
    for (const one of ['a', 'b', 'c']) {
      const { itemIds, links } = await reader.lineageOf(tenant, one, {});
      expect([...itemIds].sort()).toEqual(['a', 'b', 'c']);
      expect(links).toHaveLength(3);
    }
  });

  it('ends after a hundred items, and says so', async () => {
    const chain = Array.from({ length: 150 }, (_, index) => ({ from: String(index), to: String(index + 1) }));
    const { isWhole, itemIds, links } = await readerOf(...chain).lineageOf(tenant, '75', {});
    expect([isWhole, itemIds.length]).toEqual([false, 100]);
    expect(links.every(({ from, to }) => itemIds.includes(from) && itemIds.includes(to))).toBe(true);
    const wide = Array.from({ length: 150 }, (_, index) => ({ from: 'a', to: String(index) }));
    expect(await readerOf(...wide).lineageOf(tenant, 'a', {})).toMatchObject({ isWhole: false });
  });

  it('is the tenant’s own', async () => {
    const reader = readerOf({ from: 'a', to: 'b', of: 'umea' });
    expect(await reader.linksTo(tenant, ['b'], {})).toEqual([]);
    expect((await reader.lineageOf(tenant, 'b', {})).itemIds).toEqual(['b']);
  });

  it('is not told in part, while documents are made of it for the first time', async () => {
    const documents = documentsOf([{ from: 'a', to: 'b' }]);
    documents.made = false;
    const reader = new LineageReader(documents, {} as ItemReader);
    const questions = [
      () => reader.linksTo(tenant, ['b'], {}),
      () => reader.linksFrom(tenant, ['a'], {}),
      () => reader.answersTo(tenant, ['b'], {}),
      () => reader.answersFrom(tenant, ['a'], {}),
      () => reader.lineageOf(tenant, 'a', {}),
      () => reader.narrowing({ tenant, planId: 'new' }, { hasPredecessor: false }, {}),
    ];
    for (const ask of questions) await expect(ask()).rejects.toThrow(ReadModelsBehind);
  });

  it('narrows a list', async () => {
    const reader = readerOf({ from: 'a', to: 'b' }, { from: 'a', to: 'c' }, { from: 'x', to: 'c' });
    const narrowing = (asked: object, planId = 'new') => reader.narrowing({ tenant, planId }, asked, {});
    expect(await narrowing({})).toEqual({});
    expect(await narrowing({ successorOf: 'a' })).toEqual({ ids: ['b', 'c'] });
    expect(await narrowing({ predecessorOf: 'c' })).toEqual({ ids: ['a', 'x'] });
    expect(await narrowing({ successorOf: 'a', predecessorOf: 'c' })).toEqual({ ids: [] });
    expect(await narrowing({ hasPredecessor: true })).toEqual({ ids: ['b', 'c'] });
    expect(await narrowing({ hasPredecessor: false })).toEqual({ notIds: ['b', 'c'] });
    expect(await narrowing({ hasSuccessor: true }, 'old')).toEqual({ ids: ['a', 'x'] });
    expect(await narrowing({ hasSuccessor: false }, 'new')).toEqual({ notIds: [] });
  });
});
