import { describe, expect, it } from '@jest/globals';
import { positionAfter } from './position-after.js';

describe('The position after another one', () => {
  it.each(Array.from({ length: 10 }, (_, digit) => `0000000000000000019${digit}`))('is after %s', (position) => {
    expect(positionAfter(position) > position).toBe(true);
    expect(positionAfter(position)).toHaveLength(position.length);
  });
});
