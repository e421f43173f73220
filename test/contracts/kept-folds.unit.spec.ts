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
  ['items', items, itemEvents, '6: a34e3a653283113d78c3056c69c4db1317011e92dec336c6039702ddec168f0d'],
  ['indicators', indicators, indicatorEvents, '6: 80129f46b0aaa7cce17c0ad1b7e856c13f4e24427dd8ec6e024fb372d51a98c9'],
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
