import { describe, expect, it } from '@jest/globals';
import { gapOfSign } from './gaps.js';

describe('A sign in place of a number', () => {
  it.each([
    ['..', 'not-reported'],
    ['.', 'not-applicable'],
    ['–', 'nothing-to-report'],
    ['-', 'nothing-to-report'],
    ['\u2212', 'nothing-to-report'],
    ['x', 'secrecy'],
    [' X ', 'secrecy'],
  ])('"%s" says why there is none: %s', (sign, gap) => {
    expect(gapOfSign(sign)).toBe(gap);
  });

  it.each(['', '0', '–1', '...', 'xx', 'constructor', '5 787 (okt)'])('is not "%s"', (text) => {
    expect(gapOfSign(text)).toBeUndefined();
  });
});
