import { describe, expect, it } from '@jest/globals';
import { inLanguage } from '#kernel';
import { doubtsOfDays, isWithinReach } from './doubts-of-days.js';

const doubted = (given: Parameters<typeof doubtsOfDays>[0], today = '2025-04-08') =>
  doubtsOfDays(given, today).map(({ field, rule, said }) => [field, rule, inLanguage('sv', said)]);
const decidedOn = (date: string) => ({ decision: { bodyId: 'b', date } });

describe('The days of a command', () => {
  it('are doubted about a year from today: the year may be that of another year’s template', () => {
    const of = (effectiveOn: string, today?: string) => doubted({ effectiveOn }, today).map(([, rule]) => rule);
    expect(of('2024-04-08')).toEqual(['day-of-this-year']);
    expect(of('2024-04-15')).toEqual(['day-of-this-year']);
    expect(of('2024-04-16')).toEqual([]);
    expect(of('2026-04-01')).toEqual(['day-of-this-year']);
    expect(of('2025-01-01')).toEqual([]);
    expect(of('2023-02-28', '2024-02-29')).toEqual(['day-of-this-year']);
    expect(doubted({ effectiveOn: '2024-04-08' })[0]).toEqual([
      'effectiveOn',
      'day-of-this-year',
      'Dagen 2024-04-08 är omkring ett år före dagens datum, 2025-04-08: är årtalet kvar från ett annat års mall',
    ]);
  });

  it('are not doubted where they are of what is corrected, or told long after', () => {
    expect(doubted({ effectiveOn: '2024-04-08', corrects: 'e' })).toEqual([]);
    expect(doubted({ effectiveOn: '2024-04-08', retold: true })).toEqual([]);
  });

  it('are doubted of a decision that is still to be made, with what it is the other way round where that was', () => {
    expect(doubted(decidedOn('2025-04-08'))).toEqual([]);
    expect(doubted(decidedOn('2025-08-03'))).toEqual([
      [
        'decision.date',
        'decision-made',
        'Beslutet är daterat 2025-08-03, och i dag är det 2025-04-08; är det 2025-08-03 eller, med dag och månad omkastade, 2025-03-08',
      ],
    ]);
    // The other way round it is no day, or as far ahead.
    for (const date of ['2025-08-31', '2025-08-08', '2025-09-10']) {
      expect(doubted(decidedOn(date))[0]![2]).toBe(`Beslutet är daterat ${date}, och i dag är det 2025-04-08`);
    }
  });

  it('can be meant from thirty years back to ten years ahead', () => {
    const within = ['1995-04-08', '2035-04-08'].map((day) => isWithinReach(day, '2025-04-08'));
    const beyond = ['1995-04-07', '2035-04-09', '0205-04-08'].map((day) => isWithinReach(day, '2025-04-08'));
    expect([within, beyond]).toEqual([
      [true, true],
      [false, false, false],
    ]);
  });
});
