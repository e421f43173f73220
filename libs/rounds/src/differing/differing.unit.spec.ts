import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { LevelOfBody, SheetItem } from '#planning';
import { agreementAmong, agreementOf, agreementWith } from './agreement.js';
import { DifferingReader } from './differing.reader.js';
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

describe('The list of items that differ in a round', () => {
  it('holds to what the round assesses, as the differences of the round do', async () => {
    const round = { _id: 'april', planId: 'vp', referenceDate: '2025-03-31', scope: ['uppdrag'] };
    const items = [item('a'), item('b'), item('mal', { kind: 'mal' }), item('gone', { isInForce: false })];
    const differ = [said('ks', 'gul'), said('amn', 'grön')];
    const levels = new Map(items.map(({ _id }) => [_id, _id === 'b' ? [said('ks', 'gul')] : differ]));
    const sheets = { itemsOn: async () => items, levelsIn: async () => levels };
    const reader = new DifferingReader(
      {} as never,
      {} as never,
      sheets as never,
      { round: async () => round } as never,
    );
    expect([...(await reader.itemsIn({ _id: 'vp', tenant: 'uppsala' } as never, 'april'))]).toEqual(['a']);
    await expect(reader.itemsIn({ _id: 'mob', tenant: 'uppsala' } as never, 'april')).rejects.toThrow(/round/);
  });
});
