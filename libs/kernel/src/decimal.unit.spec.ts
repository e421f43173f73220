import { describe, expect, it } from '@jest/globals';
import { quotientOfDecimals } from './decimal.js';

const percent = { factor: 100, decimals: 1 };

describe('A quotient of decimals', () => {
  it.each([
    ['41', '156', '26.3'],
    ['70', '352', '19.9'],
    ['48', '175', '27.4'],
    ['22', '177', '12.4'],
    ['0', '177', '0.0'],
    ['1.5', '0.75', '200.0'],
  ])('is told with as many decimals as were asked for: %s of %s', (numerator, denominator, told) => {
    expect(quotientOfDecimals(numerator, denominator, percent)).toBe(told);
  });

  it('rounds a half away from zero, and nothing short of a half', () => {
    const whole = { factor: 1, decimals: 0 };
    expect(quotientOfDecimals('5', '2', whole)).toBe('3');
    expect(quotientOfDecimals('-5', '2', whole)).toBe('-3');
    expect(quotientOfDecimals('-1', '4', whole)).toBe('0');
    // Closer to a half than a quotient of twenty decimals could tell.
    expect(quotientOfDecimals('0.4999999999999999999999999', '1', whole)).toBe('0');
    expect(quotientOfDecimals('0.5000000000000000000000000', '1', whole)).toBe('1');
  });

  it('is none of zero', () => {
    expect(quotientOfDecimals('41', '0.0', percent)).toBeUndefined();
  });
});
