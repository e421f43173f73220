import { describe, expect, it } from '@jest/globals';
import type { Definition, DefinitionVersion } from '../../definitions.js';
import type { Cell } from '../../indicator.events.js';
import { breaksAt, movementOf } from './comparing.js';
import { targetStatusOf } from './target-status.js';

const versionOf = (version: number, more: Partial<Definition> = {}, breaksSeries?: true): DefinitionVersion => ({
  ...{ version, since: `202${version}-01-01` },
  definition: { measure: { unit: 'besök', kind: 'count' }, direction: 'increase', ...more } as Definition,
  ...(breaksSeries && { breaksSeries }),
});
const entry = (period: string, total: Cell | undefined, version = 1) => ({
  period,
  ...(total && { total }),
  meant: { total: version },
});
const whole = (value: string): Cell => ({ value });
const upTo = (value: string, provisionalAsOf: string): Cell => ({ value, provisionalAsOf });
const gap: Cell = { gap: 'not-measured' };
const last = (series: readonly ReturnType<typeof entry>[], versions = [versionOf(1)]) =>
  movementOf(series, series.length - 1, versions);

describe('A movement', () => {
  it('is told by what is wanted, since the newest period with a value', () => {
    const series = [entry('2022', whole('1.53')), entry('2023', gap), entry('2024', whole('1.25'))];
    const wanting = (direction: Definition['direction']) => last(series, [versionOf(1, { direction })]);
    expect(wanting('decrease')).toEqual({ movement: 'towards', against: '2022' });
    expect(wanting('increase')).toEqual({ movement: 'away', against: '2022' });
    expect(wanting('maintain')).toEqual({ movement: 'changed', against: '2022' });
    expect(last(series.slice(0, 1))).toEqual({ movement: 'unknown' });
    expect(last([entry('2023', whole('5.0')), entry('2024', whole('5'))]).movement).toBe('unchanged');
  });

  it('is not told by a value that a gap has replaced', () => {
    expect(last([entry('2023', whole('4')), entry('2024', gap)])).toEqual({ movement: 'unknown' });
    expect(last([entry('2023', gap), entry('2024', whole('4'))])).toEqual({ movement: 'unknown' });
  });

  it('is told between values that are counted up to the same month alone', () => {
    const before = entry('2024', upTo('5787', '2024-10'));
    expect(last([before, entry('2025', upTo('4488', '2025-08'))])).toEqual({
      ...{ movement: 'not-comparable', against: '2024', because: ['cut-off'] },
    });
    expect(last([before, entry('2025', whole('6800'))]).because).toEqual(['cut-off']);
    expect(last([before, entry('2025', upTo('5900', '2025-10'))]).movement).toBe('towards');
  });

  it('is told between values of the same measure alone', () => {
    const series = [entry('2023', whole('4')), entry('2024', whole('5'), 2)];
    const after = (more: Partial<Definition>, breaksSeries?: true) =>
      last(series, [versionOf(1), versionOf(2, more, breaksSeries)]);
    expect(after({ measure: { unit: 'procent', kind: 'share' } }).because).toEqual(['unit', 'measure-kind']);
    expect(after({}, true)).toEqual({ movement: 'not-comparable', against: '2023', because: ['stated'] });
    expect(after({ source: 'SCB' }).movement).toBe('towards');
    // What was wanted of a value is told by its own definition, whatever is wanted since.
    expect(after({ direction: 'decrease' }).movement).toBe('away');
    expect(
      last(series.slice(0, 1).concat(entry('2024', whole('5'))), [
        versionOf(1),
        versionOf(2, { direction: 'decrease' }),
      ]).movement,
    ).toBe('towards');
  });

  it('is told between periods of one sort', () => {
    const series = [entry('2024', whole('40')), entry('2024-Q4', whole('9')), entry('2025-Q1', whole('10'))];
    expect(last(series)).toEqual({ movement: 'towards', against: '2024-Q4' });
    expect(last(series.slice(0, 2))).toEqual({ movement: 'unknown' });
  });
});

describe('A series', () => {
  it('breaks where another measure begins, and goes on where the old one comes back', () => {
    const percent = { measure: { unit: 'procent', kind: 'share' } };
    const versions = [versionOf(1), versionOf(2, percent), versionOf(3), versionOf(4, {}, true)];
    const series = [1, 1, 2, 2, 3, 4].map((version, index) => entry(`202${index}`, whole('1'), version));
    expect(series.map((_, index) => breaksAt(series, index, versions))).toEqual([
      [],
      [],
      ['unit', 'measure-kind'],
      [],
      ['unit', 'measure-kind'],
      ['stated'],
    ]);
  });
});

describe('A threshold', () => {
  const target = { atMost: '1', by: '2026-12-31' };
  const statusOf = (series: readonly ReturnType<typeof entry>[], day = '2027-02-01', asked = target) =>
    targetStatusOf(asked, { series, versions: [versionOf(1), versionOf(2, {}, true)], targetOf: 1 }, day);

  it('is not due before its deadline, whatever a value says', () => {
    expect(statusOf([entry('2026', whole('0.9'))], '2026-12-30')).toBe('not-yet-due');
    expect(statusOf([entry('2026', whole('0.9'))], '2026-12-31')).toBe('met');
    expect(targetStatusOf({ direction: 'increase' }, { series: [], versions: [], targetOf: 1 }, '2027-01-01')).toBe(
      undefined,
    );
  });

  it('is told by the last whole period up to its deadline', () => {
    const [met, missed] = [entry('2026', whole('1.0')), entry('2026', whole('1.25'))];
    expect(statusOf([entry('2025', whole('1.25')), met, entry('2027', whole('2'))])).toBe('met');
    expect(statusOf([entry('2025', whole('0.5')), missed])).toBe('not-met');
    expect(statusOf([entry('2025', whole('0.5'))])).toBe('no-value');
    expect(
      statusOf([entry('2025-H1', whole('0.5')), entry('2025/26', whole('0.5'))], '2026-07-01', {
        atMost: '1',
        by: '2026-06-30',
      }),
    ).toBe('met');
    expect(statusOf([entry('2026-11', whole('0.5'))])).toBe('no-value');
  });

  it('is not told by a gap, by what is provisional, or by another measure', () => {
    expect(statusOf([entry('2025', whole('0.5')), entry('2026', gap)])).toBe('no-value');
    expect(statusOf([entry('2026', upTo('0.5', '2026-10'))])).toBe('no-value');
    expect(statusOf([entry('2026', whole('0.5'), 2)])).toBe('not-comparable');
  });
});
