import { describe, expect, it } from '@jest/globals';
import { dated, wordingOf } from '#kernel';
import { bodyDirectory, groupDirectory } from '#organisation';
import type { BodyDocument, GroupDocument } from '#organisation';
import { itemOn, judgementsInRound, Names } from '#planning';
import type { Assessment, PlanDocument } from '#planning';
import type { ReadModels } from '#projecting';
import type { RoundDocument } from '../round/read-models/round-directory/round-directory.projection.js';
import { roundDocument } from '../testing/round.examples.js';
import { coverageOf, entriesOf, standingOf } from './coverage.js';
import type { CoverageEntry, CoverageSources } from './coverage.js';

const place = (number: number): string => String(number).padStart(20, '0');
const since = '2025-01-01';

const told = { id: 'event', since, recordedAt: `${since}T00:00:00.000Z` };
const body = (_id: string, dissolvedOn?: string): BodyDocument => ({
  _id,
  tenant: 'uppsala',
  kind: 'board',
  status: 'registered',
  registrations: [told],
  kinds: [{ ...told, value: 'board' }],
  names: [{ ...told, value: _id }],
  sortKey: _id,
  aliases: [],
  called: [],
  wording: wordingOf(_id),
  dissolutions: dissolvedOn === undefined ? [] : [{ ...told, since: dissolvedOn, successors: [] }],
  until: since,
  known: told.recordedAt,
  revision: 0,
});
const bodies = [
  { ...body('Ägaren'), kinds: [{ ...told, value: 'council' as const }] },
  body('Nämnden'),
  body('Äldrenämnden'),
  body('Kulturnämnden'),
  body('Nedlagda nämnden', '2025-03-31'),
];
const groups: GroupDocument[] = [
  {
    _id: 'alla',
    tenant: 'uppsala',
    status: 'defined',
    definitions: [told],
    names: [{ ...told, value: 'Alla nämnder' }],
    sortKey: 'alla',
    wording: wordingOf('Alla nämnder'),
    memberships: [
      { ...told, members: ['Kulturnämnden', 'Nedlagda nämnden'] },
      { ...told, since: '2025-04-01', members: ['Äldrenämnden'] },
    ],
    until: '2025-04-01',
    known: told.recordedAt,
    revision: 0,
  },
];

/** A double of the read models: bodies and groups. */
const readModels = {
  getMany: (projection: object) =>
    Promise.resolve(projection === bodyDirectory ? bodies : projection === groupDirectory ? groups : []),
} as unknown as ReadModels;

const plan = {
  _id: 'plan',
  owner: { bodyId: 'Ägaren', role: 'Direktör' },
  decisions: [],
  kinds: [{ code: 'uppdrag', label: 'Uppdrag', plural: 'Uppdrag', order: 1, parents: [] }],
} as unknown as PlanDocument;

/** An item, and all assessments of it that stand. */
type CoveredItem = Parameters<typeof itemOn>[1] & { readonly assessments: readonly Assessment[] };

const item = (_id: string, data: Partial<CoveredItem> = {}): CoveredItem =>
  ({
    _id,
    kind: 'uppdrag',
    adoptedOn: since,
    number: dated(_id, since),
    title: dated(`Uppdrag ${_id}`, since),
    concerned: dated(null, since),
    responsible: dated([], since),
    lifecycle: dated({ state: 'active' }, since),
    hold: dated(null, since),
    assessments: [],
    ...data,
  }) as unknown as CoveredItem;

const assessment = (bodyId: string, position: number, data: Partial<Assessment> = {}): Assessment => ({
  assessmentId: `${bodyId}-${position}`,
  roundId: roundDocument()._id,
  bodyId,
  capacity: bodyId === 'Ägaren' ? 'owner' : 'contribution',
  scale: { scaleId: 'scale', version: 1 },
  level: 'on-track',
  motivation: 'Så är det',
  evidence: [],
  effectiveOn: '2025-03-31',
  recordedAt: '2025-04-10T12:00:00.000Z',
  position: place(position),
  by: { role: 'reporter' },
  ...data,
});

async function sourcesOf(items: readonly CoveredItem[], round: RoundDocument = roundDocument()) {
  const names = await Names.of(readModels, 'uppsala', { asOf: round.referenceDate }, {});
  const judgements = new Map(items.map(({ _id, assessments }) => [_id, judgementsInRound(assessments, round._id)]));
  const onDay = items.map((one) => itemOn(round.referenceDate, one, one._id));
  return { round, plan, items: onDay, judgements, indicators: [], names } satisfies CoverageSources;
}

/** Each body, and an entry for each item that it owes. What is counted of them is held against them. */
function bodiesIn(sources: CoverageSources) {
  const entries = entriesOf(sources);
  return coverageOf(sources).bodies.map(({ bodyId, counts, items, lacking }) => {
    const all = entries(bodyId, items);
    const made = all.flatMap(({ assessment: one }) => one ?? []);
    const missing = all.filter(({ assessment: one, expected }) => expected && !one);
    const expected = all.filter((entry) => entry.expected).length;
    expect(lacking).toEqual(missing.map((entry) => entry.item));
    expect(counts).toEqual({
      ...{ expected, assessed: expected - missing.length, missing: missing.length },
      afterDeadline: made.filter(({ afterDeadline }) => afterDeadline).length,
      afterFreeze: made.filter(({ afterFreeze }) => afterFreeze).length,
      correctedAfterFreeze: made.filter(({ correctedAfterFreeze }) => correctedAfterFreeze).length,
    });
    return { bodyId, entries: all };
  });
}

/** Body by item: `owner`, `contribution` or `unasked`, and a cross where it is missing. */
async function table(items: readonly CoveredItem[], round?: RoundDocument) {
  const told = ({ assessment: made, capacity, expected, item: { _id } }: CoverageEntry) =>
    `${_id} ${expected ? capacity : 'unasked'}${made ? '' : ' ✗'}`;
  return bodiesIn(await sourcesOf(items, round)).map(({ bodyId, entries }) => [bodyId, ...entries.map(told)]);
}

async function made(assessments: readonly Assessment[], round?: RoundDocument) {
  const covered = bodiesIn(await sourcesOf([item('1', { assessments })], round));
  return covered.flatMap(({ entries }) => entries.flatMap(({ assessment: one }) => one ?? []));
}

describe('A round is owed', () => {
  it('by the owner for every item, and by each body once that the item concerns or that answers for it', async () => {
    const both = item('1', {
      concerned: dated({ bodies: ['Kulturnämnden', 'Ägaren'] }, since),
      responsible: dated(['Kulturnämnden', 'Äldrenämnden'], since),
    });
    expect(await table([both, item('2')])).toEqual([
      ['Ägaren', '1 owner ✗', '2 owner ✗'],
      ['Kulturnämnden', '1 contribution ✗'],
      ['Äldrenämnden', '1 contribution ✗'],
    ]);
  });

  it('by the members that a group had on its day, and by no body that was dissolved by then', async () => {
    const all = item('1', { concerned: dated({ groupId: 'alla' }, since) });
    expect(await table([all])).toEqual([
      ['Ägaren', '1 owner ✗'],
      ['Kulturnämnden', '1 contribution ✗'],
    ]);
    const august = roundDocument({ referenceDate: '2025-08-31' });
    expect(await table([all], august)).toEqual([
      ['Ägaren', '1 owner ✗'],
      ['Äldrenämnden', '1 contribution ✗'],
    ]);
  });

  it("in a body's own plan by itself and those that answer for an item, not by those that it was said to concern", async () => {
    const given = item('1', {
      concerned: dated({ groupId: 'alla' }, since),
      responsible: dated(['Äldrenämnden'], since),
    });
    const own = { ...plan, owner: { bodyId: 'Nämnden', role: 'Direktör' } };
    const { bodies: owing } = coverageOf({ ...(await sourcesOf([given])), plan: own });
    expect(owing.map(({ bodyId }) => bodyId)).toEqual(['Nämnden', 'Äldrenämnden']);
  });

  it('by those that an item concerns too in a plan that the council adopted, whoever owns it', async () => {
    const given = item('1', { concerned: dated({ bodies: ['Kulturnämnden'] }, since) });
    const adopted = { bodyId: 'Ägaren', date: since, about: 'adoption' as const, eventId: 'adopted' };
    const owner = { bodyId: 'Nämnden', role: 'Direktör' };
    const owing = async (decisions: PlanDocument['decisions']) => {
      const { bodies: told } = coverageOf({ ...(await sourcesOf([given])), plan: { ...plan, owner, decisions } });
      return told.map(({ bodyId }) => bodyId);
    };
    expect(await owing([adopted])).toEqual(['Nämnden', 'Kulturnämnden']);
    expect(await owing([{ ...adopted, bodyId: 'Nämnden' }])).toEqual(['Nämnden']);
    expect(await owing([{ ...adopted, about: 'amendment' }])).toEqual(['Nämnden']);
  });

  it('for items of the kinds in scope that were in force on its day', async () => {
    const ended = (on: string, state: 'discontinued' | 'completed') => ({ lifecycle: dated({ state }, on) });
    const items = [
      item('another kind', { kind: 'fokusmal' }),
      item('adopted later', { adoptedOn: '2025-04-01' }),
      item('discontinued', ended('2025-03-31', 'discontinued')),
      item('discontinued later', ended('2025-04-01', 'discontinued')),
      item('completed', ended('2025-02-01', 'completed')),
    ];
    expect(await table(items)).toEqual([['Ägaren', 'discontinued later owner ✗', 'completed owner ✗']]);
    expect(coverageOf(await sourcesOf(items)).items).toBe(2);
  });
});

describe('An item on hold', () => {
  const rests = (from: string, until: string) => ({ hold: dated({ until, reason: 'Väntar på besked' }, from) });

  it('is owed by nobody on the day of the round, and is not among those that the round asks for', async () => {
    const items = [
      item('rests', { ...rests('2025-03-31', '2025-04-01'), responsible: dated(['Kulturnämnden'], since) }),
      item('rests later', rests('2025-04-01', '2025-09-01')),
      item('goes on that day', rests('2025-02-01', '2025-03-31')),
    ];
    expect(await table(items)).toEqual([['Ägaren', 'rests later owner ✗', 'goes on that day owner ✗']]);
    expect(coverageOf(await sourcesOf(items)).items).toBe(2);
  });

  it('may be assessed all the same, and is then told as unasked', async () => {
    const assessed = item('1', { ...rests('2025-03-01', '2025-09-01'), assessments: [assessment('Ägaren', 1)] });
    expect(await table([assessed])).toEqual([['Ägaren', '1 unasked']]);
  });

  it('rests no longer once it was completed, which is a level', async () => {
    const lifecycle = dated({ state: 'completed' as const }, '2025-03-15');
    const completed = item('1', { ...rests('2025-03-01', '2025-09-01'), lifecycle });
    expect(await table([completed])).toEqual([['Ägaren', '1 owner ✗']]);
  });
});

describe('An assessment covers', () => {
  it('the round that it was made in, for the body that made it', async () => {
    const assessments = [assessment('Ägaren', 1), assessment('Kulturnämnden', 2, { roundId: 'another' })];
    const concerned = dated({ bodies: ['Kulturnämnden'] }, since);
    expect(await table([item('1', { assessments, concerned })])).toEqual([
      ['Ägaren', '1 owner'],
      ['Kulturnämnden', '1 contribution ✗'],
    ]);
  });

  it('also unasked, and then nothing is missing of it', async () => {
    const items = [item('1', { assessments: [assessment('Kulturnämnden', 1)] })];
    const sources = await sourcesOf(items);
    expect(await table(items)).toEqual([
      ['Ägaren', '1 owner ✗'],
      ['Kulturnämnden', '1 unasked'],
    ]);
    expect(standingOf(coverageOf(sources), sources).map(({ bodyId }) => bodyId)).toEqual(['Ägaren']);
  });

  it('by what was recorded last, whichever day it speaks of', async () => {
    const assessments = [
      assessment('Ägaren', 2, { level: 'delayed', effectiveOn: '2025-03-01' }),
      assessment('Ägaren', 1, { level: 'on-track' }),
    ];
    expect(await made(assessments)).toMatchObject([{ level: 'delayed' }]);
  });

  it('after the deadline from the day after it, in Sweden', async () => {
    const at = async (recordedAt: string) => (await made([assessment('Ägaren', 1, { recordedAt })]))[0]!.afterDeadline;
    expect(await at('2025-04-30T21:59:59.999Z')).toBe(false);
    expect(await at('2025-04-30T22:00:00.000Z')).toBe(true);
  });

  it('after the freeze by its place in the log, and so does its correction', async () => {
    const round = roundDocument({
      status: 'frozen',
      frozen: { at: '2025-05-02T12:00:00.000Z', position: place(5), missing: 0 },
    });
    const corrected = { correctedAt: '2025-05-02T12:00:00.000Z' };
    const facts = async (position: number, correction?: number) => {
      const data = correction === undefined ? {} : { ...corrected, correctionPosition: place(correction) };
      const [one] = await made([assessment('Ägaren', position, data)], round);
      return [one!.afterFreeze, one!.correctedAfterFreeze];
    };
    expect(await facts(4)).toEqual([false, false]);
    expect(await facts(6)).toEqual([true, false]);
    expect(await facts(3, 4)).toEqual([false, false]);
    expect(await facts(4, 6)).toEqual([false, true]);
  });
});

describe('The standing of a body', () => {
  it('names it, and what it lacks', async () => {
    const sources = await sourcesOf([item('7', { assessments: [assessment('Ägaren', 1)] }), item('10')]);
    expect(standingOf(coverageOf(sources), sources)).toEqual([
      { bodyId: 'Ägaren', name: 'Ägaren', missing: [{ itemId: '10', label: 'Uppdrag 10' }] },
    ]);
  });
});
