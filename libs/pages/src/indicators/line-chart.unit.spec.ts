import { describe, expect, it } from '@jest/globals';
import type { IndicatorAnswer } from '../api/answers.js';
import { lineChart } from './line-chart.js';

const none = { gap: 'not-reported' };
const period = (name: string, value?: string, more: object = {}) => ({
  period: name,
  movement: 'unknown',
  corrections: [],
  total: value === undefined ? none : { value },
  women: none,
  men: none,
  ...more,
});
const chartOf = (...series: IndicatorAnswer['series']): string | undefined =>
  lineChart({
    id: 'i',
    key: 'i',
    name: 'Andel i <arbete>',
    measure: { unit: 'procent', kind: 'share' },
    directionLabel: 'Öka',
    itemIds: [],
    series,
  })?.markup;

describe('The drawing of an indicator', () => {
  it('is none of a single value', () => {
    expect(chartOf(period('2024', '10'))).toBeUndefined();
    expect(chartOf(period('2024', '10'), period('2025'))).toBeUndefined();
  });

  it('is broken where a value is missing, and where the measure became another', () => {
    const path = (...series: IndicatorAnswer['series']) =>
      /class="series total">\s*<path d="([^"]+)"/.exec(chartOf(...series)!)![1]!;
    const moves = (text: string) => text.match(/[ML]/g)!.join('');
    expect(moves(path(period('2022', '1'), period('2023', '2'), period('2024', '3')))).toBe('MLL');
    expect(moves(path(period('2022', '1'), period('2023'), period('2024', '3')))).toBe('MM');
    expect(moves(path(period('2022', '1'), period('2023', '2', { break: ['unit'] })))).toBe('MM');
  });

  it('says where its axis does not begin at 0', () => {
    expect(chartOf(period('2023', '90'), period('2024', '95'))).toContain('Axeln börjar inte vid 0');
    expect(chartOf(period('2023', '10'), period('2024', '95'))).not.toContain('Axeln börjar inte vid 0');
  });

  it('has a name, and says nothing as markup', () => {
    expect(chartOf(period('2023', '1'), period('2024', '2'))).toContain(
      '<title id="kurva">Andel i &lt;arbete&gt;</title>',
    );
  });

  it('stays finite for equal, negative and huge values', () => {
    for (const values of [
      ['5', '5'],
      ['-3', '-1'],
      ['0', '0'],
      ['999999999999', '1'],
    ]) {
      expect(chartOf(period('2023', values[0]), period('2024', values[1]))).not.toMatch(/NaN|Infinity/);
    }
  });
});
