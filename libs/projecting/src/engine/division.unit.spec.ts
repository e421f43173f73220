import { describe, expect, it } from '@jest/globals';
import { FairDivision } from './division.js';

const runner = { host: 'h', pid: 1, until: '2026-01-01T00:00:00.000Z' };
const partitions = Array.from({ length: 16 }, (_, partition) => String(partition));

/** A division among runners. @param led by runner, which partitions it leads */
const divided = (led: Readonly<Record<string, readonly number[]>>, weights: Readonly<Record<string, number>> = {}) =>
  new FairDivision(
    {
      runners: Object.fromEntries(Object.keys(led).map((name) => [name, runner])),
      leases: Object.fromEntries(Object.entries(led).flatMap(([name, its]) => its.map((each) => [String(each), name]))),
      weights,
    },
    partitions,
  );
const all = partitions.map(Number);

describe('A division of partitions by weight', () => {
  it('gives all to the only one there is', () => {
    expect(divided({ one: [] }).of('one')).toHaveLength(16);
  });

  it('gives half of what is idle to somebody who comes', () => {
    expect(divided({ one: all, two: [] }).of('one')).toHaveLength(8);
  });

  it('gives what is free to whoever has least to do, the heaviest first', () => {
    const weights = { 0: 100, 1: 100, 2: 100 };
    const fair = divided({ one: [0, 1], two: [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15] }, weights);
    expect(fair.of('two')).toContain('2');
    expect(fair.of('one')).toEqual(['0', '1']);
  });

  it('moves the heaviest first, where their runner is relieved of more than a fifth', () => {
    const weights = { 0: 50, 1: 40, 2: 30 };
    expect(divided({ one: [0, 1, 2, 3], two: all.slice(4) }, weights).of('one')).toEqual(['1', '2']);
  });

  it('moves nothing for a small gain, to and fro', () => {
    const weights = { 0: 5 };
    expect(divided({ one: all.slice(0, 8), two: all.slice(8) }, weights).of('one')).toHaveLength(8);
    expect(divided({ one: all.slice(0, 9), two: all.slice(9) }).of('one')).toHaveLength(9);
  });

  it('keeps one that outweighs all others where it is, and relieves it of them for somebody who has none', () => {
    const weights = { 0: 1_000 };
    const kept = divided({ one: all, two: [] }, weights).of('one');
    expect(kept.length === 1 || !kept.includes('0')).toBe(true);
    expect(divided({ one: [0], two: all.slice(1) }, weights).of('one')).toEqual(['0']);
  });
});
