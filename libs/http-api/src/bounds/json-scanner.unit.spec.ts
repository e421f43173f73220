import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BodyLimits } from './body-limits.js';
import { BodyTooLarge } from './body-too-large.js';
import { JsonScanner } from './json-scanner.js';

const limits: BodyLimits = { bytes: 1_000_000, keys: 6, depth: 3, items: 4, allItems: 8 };

/** Which limit a text goes beyond, read in pieces of so many bytes. */
function limitMetBy(text: string, bytes = 1_000_000): string | undefined {
  const scanner = new JsonScanner(limits);
  const whole = Buffer.from(text);
  try {
    for (let at = 0; at < whole.length; at += bytes) scanner.take(whole.subarray(at, at + bytes));
    return undefined;
  } catch (refused) {
    if (!(refused instanceof BodyTooLarge)) throw refused;
    return refused.limit;
  }
}

describe('A scanner of JSON', () => {
  it.each([
    ['as many keys as may be', '{"a":1,"b":{"c":1,"d":[1],"e":1,"f":1}}', undefined],
    ['a key more, be it the same', '{"a":1,"a":1,"a":1,"a":1,"a":1,"a":1,"a":1}', 'keys'],
    ['as deep as may be', '[[[]]]', undefined],
    ['deeper, of any kind', '[{"a":[[]]}]', 'depth'],
    ['a list as long as may be', '[1,2,3,4]', undefined],
    ['a longer list', '[1,2,3,4,5]', 'items'],
    ['the commas of objects in lists', '[{"a":1,"b":2},{"a":1,"b":2}]', undefined],
    ['lists after each other', '[[1,2,3,4],[1,2,3,4],[1,2,3,4]]', 'allItems'],
    ['signs in texts', '{"[[[[[[":"a,b,c,d,e,f:::::::{{{{{{\\"[[[[[\\\\"}', undefined],
    ['no JSON', ']]]}}}[,,,', undefined],
  ])('counts %s', (_, text, limit) => {
    expect(limitMetBy(text)).toBe(limit);
    expect(limitMetBy(text, 1)).toBe(limit);
  });

  it('counts what a parser finds', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.integer({ min: 1, max: 9 }), (text, bytes) => {
        const found = countsOf(JSON.parse(text) as unknown);
        const isMore = found.keys > limits.keys || found.depth > limits.depth || found.longest > limits.items;
        const met = limitMetBy(text, bytes);
        if (met !== 'allItems') expect(met !== undefined).toBe(isMore);
      }),
    );
  });
});

interface Counts {
  readonly keys: number;
  readonly depth: number;
  readonly longest: number;
}

function countsOf(value: unknown): Counts {
  if (typeof value !== 'object' || value === null) return { keys: 0, depth: 0, longest: 0 };
  const inner = Object.values(value).map(countsOf);
  return {
    keys: inner.reduce((sum, { keys }) => sum + keys, Array.isArray(value) ? 0 : Object.keys(value).length),
    depth: 1 + Math.max(0, ...inner.map(({ depth }) => depth)),
    longest: Math.max(Array.isArray(value) ? value.length : 0, ...inner.map(({ longest }) => longest)),
  };
}
