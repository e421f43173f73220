import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LevelOfBody, SheetItem } from '#planning';
import { agreementAmong, agreementOf, agreementWith } from './agreement.js';
import { differingIn, isAmongDiffering } from './differing.js';

const said = (bodyId: string, level: string, version = 1): LevelOfBody => ({
  bodyId,
  level,
  scale: { scaleId: 'skala', version },
});
const item = (_id: string, given: Partial<SheetItem> = {}) =>
  ({ _id, kind: 'uppdrag', isInForce: true, ...given }) as SheetItem;

describe('Levels of one item', () => {
  it('differ within a version of a scale, and are not compared beyond it, even where they are called the same', () => {
    expect(agreementOf(said('ks', 'gul'), said('amn', 'gul'))).toBe('same');
    expect(agreementOf(said('ks', 'gul'), said('amn', 'grön'))).toBe('differs');
    expect(agreementOf(said('ks', 'gul'), said('amn', 'gul', 2))).toBe('not-comparable');
  });

  it('of one body agree with nobody where nobody else says anything', () => {
    expect(agreementAmong([])).toBeUndefined();
    expect(agreementAmong([said('ks', 'gul')])).toBeUndefined();
    expect(agreementAmong([said('ks', 'gul'), said('amn', 'gul')])).toBe('same');
    expect(agreementWith(said('ks', 'gul'), [])).toBeUndefined();
  });

  it('agree together as the strongest of each two of them does, in whichever order they are told', () => {
    const levels = fc.array(
      fc
        .tuple(fc.constantFrom('gul', 'grön'), fc.constantFrom(1, 2))
        .map(([level, version]) => said('b', level, version)),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(levels, (all) => {
        const pairs = all.flatMap((one, place) => all.slice(place + 1).map((other) => agreementOf(one, other)));
        const strongest = (['differs', 'not-comparable', 'same'] as const).find((each) => pairs.includes(each));
        expect(agreementAmong(all)).toBe(strongest);
        expect(agreementAmong(all.toReversed())).toBe(strongest);
      }),
    );
  });
});

describe('The differences in a round', () => {
  const levels = new Map([
    ['olika', [said('ks', 'gul'), said('amn', 'grön'), said('aln', 'gul', 2)]],
    ['skalor', [said('ks', 'gul'), said('amn', 'gul', 2)]],
    ['lika', [said('ks', 'gul'), said('amn', 'gul')]],
    ['en', [said('ks', 'gul')]],
    ['upphörd', [said('ks', 'gul'), said('amn', 'grön')]],
    ['annat-slag', [said('ks', 'gul'), said('amn', 'grön')]],
  ]);
  const items = [
    ...['olika', 'skalor', 'lika', 'en', 'ingen'].map((id) => item(id)),
    item('upphörd', { isInForce: false }),
    item('annat-slag', { kind: 'mål' }),
  ];

  it('are those of the items that it assesses, and its counts add up', () => {
    const { counts, items: found } = differingIn({ scope: ['uppdrag'] }, items, levels);
    expect(counts).toEqual({ items: 5, judgedByOneAtMost: 2, same: 1, differing: 1, notComparable: 1 });
    expect(found.map((one) => [one.item._id, one.agreement])).toEqual([
      ['olika', 'differs'],
      ['skalor', 'not-comparable'],
    ]);
    const [first] = found;
    expect(['ks', 'amn', 'aln', 'kf'].filter((body) => isAmongDiffering(first!, body))).toEqual(['ks', 'amn', 'aln']);
  });
});
