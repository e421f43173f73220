import { describe, expect, it } from '@jest/globals';
import { inLanguage } from '#kernel';
import { doubtsOfDays, isWithinReach } from './doubts-of-days.js';

const doubted = (given: Parameters<typeof doubtsOfDays>[0], today = '2025-04-08') =>
  doubtsOfDays(given, today).map(({ field, rule, said }) => [field, rule, inLanguage('sv', said)]);
const decidedOn = (date: string) => ({ decision: { bodyId: 'b', date } });

describe('The days of a command', () => {
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

  it('are doubted where they are more than three years ahead, but for those that a correction takes over', () => {
    expect(doubted({ effectiveOn: '2028-04-08' })).toEqual([]);
    expect(doubted({ effectiveOn: '2028-04-09' })).toEqual([
      ['effectiveOn', 'day-soon', 'Dagen 2028-04-09 ligger mer än 3 år efter dagens datum, 2025-04-08'],
    ]);
    expect(doubted({ effectiveOn: '2035-04-08', corrects: 'e' })).toEqual([]);
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
