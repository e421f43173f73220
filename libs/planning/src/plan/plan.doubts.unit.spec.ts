import { describe, expect, it } from '@jest/globals';
import { inLanguage } from '#kernel';
import type { Doubt } from '#kernel';
import type { PlanContent } from './plan.decider.js';
import { doubtsOfDeadline, doubtsOfOccasion, doubtsOfPlan, outsidePlan } from './plan.doubts.js';

const places = (doubts: readonly Doubt[]) => doubts.map(({ field, rule }) => `${rule} at ${field}`);

const april = {
  kind: 'april',
  label: 'Delårsuppföljning april 2025',
  year: 2025,
  referenceDate: '2025-03-31',
  deadline: '2025-04-30',
  scope: ['uppdrag'],
};
const content: PlanContent = {
  title: 'Verksamhetsplan och budget 2025–2027',
  owner: { bodyId: 'b', role: 'Förvaltningsdirektör' },
  validity: { from: '2025-01-01', to: '2027-12-31' },
  scale: { scaleId: 's', version: 1 },
  kinds: [],
  documents: [],
  calendar: [april],
};

describe('A plan', () => {
  const adopted = (more: Partial<PlanContent>, date = '2024-12-20') =>
    places(doubtsOfPlan({ ...content, ...more }, { ...content, ...more }, { bodyId: 'b', date }, '2025-01-10'));

  it('is not doubted where its days agree', () => {
    expect(adopted({})).toEqual([]);
    expect(adopted({ title: 'Plan för 1000 fler' })).toEqual([]);
    expect(adopted({ validity: { from: '2024-01-01' }, title: 'Program för social hållbarhet 2024' })).toEqual([]);
  });

  it.each<[string, Partial<PlanContent>, string[]]>([
    [
      'of another century',
      { validity: { from: '2205-01-01' }, title: 'Plan', calendar: [] },
      ['plan-near-today at validity.from', 'decision-near-plan at decision.date'],
    ],
    ['for a century', { validity: { from: '2025-01-01', to: '2127-12-31' } }, ['plan-term at validity.to']],
    [
      'with the year of last year’s template in its title',
      { title: 'Verksamhetsplan 2024', calendar: [] },
      ['year-of-title at title'],
    ],
    [
      'with the days of last year’s template',
      { validity: { from: '2024-01-01', to: '2024-12-31' }, title: 'Verksamhetsplan 2025' },
      ['year-of-title at title', 'day-in-plan at calendar[0].referenceDate'],
    ],
    [
      'with a round of another year in its calendar',
      { calendar: [{ ...april, referenceDate: '2026-03-31', deadline: '2026-04-30' }] },
      ['round-year at calendar[0].referenceDate'],
    ],
  ])('%s is doubted', (_, more, doubts) => {
    expect(adopted(more)).toEqual(doubts);
  });

  it('is doubted where it was decided years before', () => {
    expect(adopted({}, '2014-12-20')).toEqual(['decision-near-plan at decision.date']);
  });

  it('is doubted in what is amended of it alone', () => {
    const amended = (said: Partial<PlanContent>) =>
      places(doubtsOfPlan(said, { ...content, title: 'Plan 2019', ...said }, undefined, '2025-01-10'));
    expect(amended({ documents: [] })).toEqual([]);
    expect(amended({ title: 'Plan 2023' })).toEqual(['year-of-title at title']);
  });
});

describe('A round of a plan', () => {
  const round = (more: Partial<typeof april>) => places(doubtsOfOccasion({ ...april, ...more }, content));

  it('is of its year, its plan and its calendar', () => {
    expect(round({})).toEqual([]);
    expect(round({ kind: 'bokslut', label: 'Bokslut', referenceDate: '2025-12-31', deadline: '2026-02-15' })).toEqual(
      [],
    );
    expect(round({ label: 'Delårsuppföljning april 2024' })).toEqual(['year-of-label at year']);
    expect(round({ year: 2024, label: 'April', referenceDate: '2024-03-31', deadline: '2024-04-30' })).toEqual([
      'day-in-plan at referenceDate',
    ]);
  });

  it('is told where day and month were taken for each other', () => {
    const calendar = [{ ...april, referenceDate: '2025-04-03' }];
    const doubts = doubtsOfOccasion({ ...april, referenceDate: '2025-03-04' }, { ...content, calendar });
    expect(doubts.map(({ said }) => inLanguage('sv', said))).toEqual([
      'Dagen som den avser är 2025-03-04, och planens kalender anger 2025-04-03: har dag och månad bytt plats',
    ]);
    const [late] = doubtsOfDeadline('2025-12-04', '2025-03-01');
    expect(inLanguage('en', late!.said)).toBe(
      'The deadline, 2025-12-04, is far from the day that the assessments speak of, 2025-03-01; is it 2025-12-04 or, with day and month the other way round, 2025-04-12',
    );
  });

  it('is due in the months after the day that it speaks of', () => {
    expect(places(doubtsOfDeadline('2026-04-30', '2025-03-31'))).toEqual(['deadline-near-reference at deadline']);
    expect(places(doubtsOfDeadline('2025-12-26', '2025-03-31'))).toEqual([]);
  });
});

it('A day of something in a plan lies within it, or is the first one after it', () => {
  const days = ['2024-12-31', '2025-01-01', '2027-12-31', '2028-01-01', '2028-01-02'];
  expect(days.map((day) => outsidePlan('effectiveOn', day, content.validity).length)).toEqual([1, 0, 0, 0, 1]);
  expect(outsidePlan('effectiveOn', '2099-01-01', { from: '2025-01-01' })).toEqual([]);
});
