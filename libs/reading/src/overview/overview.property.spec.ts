import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Level, CountedItem, PlanDocument } from '#planning';
import type { Directory } from '../directory.js';
import { overviewOf } from './overview.js';
import type { Counts } from './overview.js';

const level = (code: string, label: string): Level => ({
  ...{ code, label, meaning: label, colour: 'green', icon: 'circle', rank: 1 },
});
/** By scale and version: codes come and go, and one code has meant two things. */
const scales: Readonly<Record<string, readonly Level[]>> = {
  'a 1': [level('on-track', 'Grön'), level('delayed', 'Gul')],
  'a 2': [level('good', 'Bra'), level('bad', 'Dåligt')],
  'a 3': [level('on-track', 'Klart'), level('bad', 'Dåligt')],
  'b 1': [level('on-track', 'Ja'), level('off-track', 'Nej')],
};
const versions = Object.keys(scales).map((key) => {
  const [scaleId = '', version] = key.split(' ');
  return { scaleId, version: Number(version) };
});
const directory = {
  day: '2025-08-31',
  levels: ({ scaleId, version }: { scaleId: string; version: number }) => scales[`${scaleId} ${version}`] ?? [],
  body: (id: string) => ({ id, name: id }),
  members: () => [],
} as unknown as Directory;

const planOn = (scale: PlanDocument['scale']) =>
  ({
    ...{ _id: 'plan', title: 'Plan', scale },
    kinds: ['mal', 'uppdrag'].map((code, order) => ({ code, label: code, plural: code, order, parents: [] })),
  }) as unknown as PlanDocument;

type Told = Pick<CountedItem, 'level' | 'scale'>;
/** An item without a parent is one under nothing; others lie under the first. */
function itemOf(index: number, { level: code, scale }: Told, state = 'active', until?: string): CountedItem {
  const held = until === undefined ? null : { until, reason: 'Väntar' };
  return {
    ...{ _id: `item-${index}`, kind: index % 2 ? 'uppdrag' : 'mal', level: code, scale, sortKey: String(index) },
    ...{ number: { value: String(index) }, title: { value: 'Fler i arbete' } },
    parents: { value: index === 0 ? [] : ['item-0'] },
    concerned: { value: null },
    responsible: { value: ['amn'] },
    lifecycle: { value: { state }, since: '2025-01-01' },
    hold: { value: held, since: '2025-01-01' },
  } as unknown as CountedItem;
}

const judged = fc
  .constantFrom(...versions)
  .chain((scale) =>
    fc
      .constantFrom(...(scales[`${scale.scaleId} ${scale.version}`] ?? []).map(({ code }) => code), 'gone')
      .map((code): Told => ({ level: code, scale })),
  );
const item = fc.tuple(
  fc.oneof(judged, fc.constant<Told>({ level: null, scale: null })),
  fc.constantFrom('active', 'retained', 'completed', 'discontinued'),
  fc.option(fc.constantFrom('2025-06-01', '2025-12-31'), { nil: undefined }),
);
const sumOf = ({ discontinued, levels, notAssessed, onHoldNotAssessed }: Counts): number =>
  levels.reduce((sum, { count }) => sum + count, notAssessed + onHoldNotAssessed + discontinued);

describe('An overview', () => {
  it('counts every item once, whatever versions of scales the items were judged on', () => {
    fc.assert(
      fc.property(fc.array(item, { maxLength: 20 }), fc.constantFrom(...versions), (told, scale) => {
        const items = told.map(([...said], index) => itemOf(index, ...said));
        const { all, byBody, byKind, byTopItem } = overviewOf(planOn(scale), items, directory);
        for (const counts of [all, ...byBody, ...byKind, ...byTopItem]) {
          expect(sumOf(counts)).toBe(counts.items);
          expect(counts.levels.map(({ count: _, ...row }) => row)).toEqual(
            all.levels.map(({ count: _, ...row }) => row),
          );
        }
        expect(all.items).toBe(items.length);
        expect(byKind.reduce((sum, counts) => sum + counts.items, 0)).toBe(items.length);
        // Each row counts those alone that were judged to be so on the version that it is of.
        for (const { code, count, scale: of = scale } of all.levels) {
          const meant = items.filter(
            (one) =>
              one.level === code &&
              one.scale!.scaleId === of.scaleId &&
              one.scale!.version === of.version &&
              one.lifecycle.value.state !== 'discontinued',
          );
          expect(count).toBe(meant.length);
        }
      }),
    );
  });

  it('tells apart the levels of an earlier version', () => {
    const [first, second] = versions.filter(({ scaleId }) => scaleId === 'a');
    const told: Told[] = [
      { level: 'good', scale: second! },
      { level: 'on-track', scale: first! },
      { level: 'delayed', scale: first! },
      { level: 'delayed', scale: first! },
    ];
    const { all } = overviewOf(
      planOn(second),
      told.map((one, index) => itemOf(index, one)),
      directory,
    );
    expect(all).toMatchObject({ items: 4, notAssessed: 0 });
    expect(all.levels).toEqual([
      { code: 'good', label: 'Bra', count: 1 },
      { code: 'bad', label: 'Dåligt', count: 0 },
      { code: 'on-track', label: 'Grön enligt skala version 1', count: 1, scale: first },
      { code: 'delayed', label: 'Gul enligt skala version 1', count: 2, scale: first },
    ]);
  });
});
