import { describe, expect, it } from '@jest/globals';
import { roundDocument } from '../testing/round.examples.js';
import { dueActions } from './due-actions.js';

const schedule = { opensOn: '2025-04-01', remindsOn: ['2025-04-20', '2025-04-25'], freezesOn: '2025-05-02' };
const planned = roundDocument({ status: 'planned', schedule });
const open = roundDocument({ schedule });
const remindedAt = (at: string) => roundDocument({ schedule, reminders: 1, remindedAt: at });

describe('A schedule asks', () => {
  it('to open a planned round on its day, and later where that was missed', () => {
    expect(dueActions(planned, '2025-03-31')).toEqual([]);
    expect(dueActions(planned, '2025-04-01')).toEqual([{ action: 'open', on: '2025-04-01' }]);
    expect(dueActions(planned, '2025-06-01')).toEqual([{ action: 'open', on: '2025-04-01' }]);
  });

  it('to remind on each of its days, and of those that were missed for the newest alone', () => {
    expect(dueActions(open, '2025-04-19')).toEqual([]);
    expect(dueActions(open, '2025-04-21')).toEqual([{ action: 'remind', on: '2025-04-20' }]);
    expect(dueActions(open, '2025-04-26')).toEqual([{ action: 'remind', on: '2025-04-25' }]);
  });

  it('not to remind where that has been done on the day or later, by the calendar of Sweden', () => {
    expect(dueActions(remindedAt('2025-04-20T06:00:00.000Z'), '2025-04-21')).toEqual([]);
    expect(dueActions(remindedAt('2025-04-24T06:00:00.000Z'), '2025-04-25')).toEqual([
      { action: 'remind', on: '2025-04-25' },
    ]);
    expect(dueActions(remindedAt('2025-04-24T22:30:00.000Z'), '2025-04-25')).toEqual([]);
  });

  it('to freeze on its day, after a reminder that was missed', () => {
    expect(dueActions(remindedAt('2025-04-25T06:00:00.000Z'), '2025-05-02')).toEqual([
      { action: 'freeze', on: '2025-05-02' },
    ]);
    expect(dueActions(open, '2025-05-02').map(({ action }) => action)).toEqual(['remind', 'freeze']);
  });

  it('for nothing once the round is frozen, or where there is no schedule', () => {
    expect(dueActions(roundDocument({ status: 'frozen', schedule }), '2025-06-01')).toEqual([]);
    expect(dueActions(roundDocument(), '2025-06-01')).toEqual([]);
  });
});
