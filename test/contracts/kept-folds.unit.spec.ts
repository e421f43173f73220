import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Aggregate } from '#deciding';
import { digestOf } from '#kernel';
import type { DomainEvent, JsonObject } from '#kernel';
import { fold } from '#kernel/testing';
import { indicatorEvents, indicators } from '#indicators';
import { itemEvents, items } from '#planning';
import { roundEvents, rounds } from '#rounds';

const payloads = JSON.parse(readFileSync(join(process.cwd(), 'test/contracts/payloads.json'), 'utf8')) as Record<
  string,
  Record<string, JsonObject>
>;

/**
 * What a story of one event of each type leads to under a version of the fold. Where a digest differs, states that are
 * kept under that version would be believed wrongly: raise `foldVersion`, and add its digest here.
 */
const told: readonly [
  name: string,
  of: Aggregate<never, any, any>,
  events: readonly { type: string }[],
  digest: string,
][] = [
  ['items', items, itemEvents, '5: 2cbc79779c858451f65ecfc4bebfb4f7d8afce225f7b355ddd1865df8779a661'],
  ['indicators', indicators, indicatorEvents, '5: 1b5c7da2a73d7e733c7443ebdf622b67c69a5ba6d03ee243c9ee0bd245087d68'],
  ['rounds', rounds, roundEvents, '4: 86b76ffc20cb700750ff866c3aa8b8289b56b25d4d9e9006927936871bf1b444'],
];

describe('A state that is kept under the version of a fold', () => {
  it.each(told)('is what that fold leads to: %s', (_, { decider, foldVersion }, definitions, digest) => {
    // Of what was cancelled, its state holds next to nothing.
    const told = definitions.filter(({ type }) => type !== 'IndicatorCancelled' && type !== 'ItemCancelled');
    const events = told.map(({ type }) => ({ type, data: Object.values(payloads[type]!).at(-1) }));
    expect(`${foldVersion}: ${digestOf(fold(decider, events as DomainEvent[]))}`).toBe(digest);
  });
});
