import { describe, expect, it } from '@jest/globals';
import type { Definition } from '../../definitions.js';
import type { Observation } from '../../indicator.decider.js';
import { computedSeries } from './computed.js';
import type { Correction, IndicatorDocument, SeriesEntry } from './indicator-series.projection.js';
import { indicatorView } from './indicator-series.view.js';

const derived = { numerator: 'genomforda', denominator: 'erbjudna', factor: 100, decimals: 1 };
const versionOf = (version: number, more: Partial<Definition>) => ({
  version,
  since: `202${version}-01-01`,
  definition: { splitBySex: true, direction: 'increase', measure: { unit: 'procent', kind: 'share' }, ...more },
});
const entry = (period: string, cells: Observation, { corrections = [], version = 1 } = {}) =>
  ({
    ...{ period, ...cells, recordedAt: '2025-02-01T08:00:00.000Z', position: '0412', corrections },
    meant: Object.fromEntries(Object.keys(cells).map((column) => [column, version])),
  }) as unknown as SeriesEntry;
const document = (_id: string, series: SeriesEntry[], versions = [versionOf(1, {})]) =>
  ({ _id, name: _id, series, targets: [], versions, direction: 'increase' }) as unknown as IndicatorDocument;

const both = (total: string, women: string, men: string): Observation => ({
  ...{ total: { value: total }, women: { value: women }, men: { value: men } },
});
const share = (series: SeriesEntry[], versions = [versionOf(1, { derived })]) => document('andel', series, versions);
const sourcesOf = (numerator: SeriesEntry[], denominator: SeriesEntry[]) =>
  new Map([document('genomforda', numerator), document('erbjudna', denominator)].map((one) => [one._id, one]));
const conversations = sourcesOf(
  [entry('2023', both('111', '41', '70')), entry('2024', both('70', '48', '22'))],
  [entry('2023', both('508', '156', '352')), entry('2024', both('352', '175', '177'))],
);
const day = '2025-06-01';

describe('A quotient of two indicators', () => {
  it('is told for each period and sex with the values that it is made of, also where nothing is recorded', () => {
    const { series } = indicatorView(share([entry('2023', both('21.9', '26.3', '19.9'))]), day, conversations);
    expect(series.map(({ computed, period }) => [period, computed?.women?.shown, computed?.men?.shown])).toEqual([
      ['2023', '26,3', '19,9'],
      ['2024', '27,4', '12,4'],
    ]);
    expect(series[0]!.computed!.women).toEqual({
      ...{ value: '26.3', shown: '26,3', definition: 1 },
      numerator: {
        ...{ indicatorId: 'genomforda', name: 'genomforda', value: '41', shown: '41', version: 1, position: '0412' },
      },
      denominator: {
        ...{ indicatorId: 'erbjudna', name: 'erbjudna', value: '156', shown: '156', version: 1, position: '0412' },
      },
    });
    expect(series[1]).toMatchObject({ movement: 'unknown', corrections: [], definition: 1 });
    expect(series[1]).not.toHaveProperty('total');
  });

  it('says where its sources come from, as they were corrected last, and that it follows from what was made up', () => {
    const attested = {
      on: '2024-01-20',
      role: 'Controller',
      evidence: [{ kind: 'report' as const, title: 'Rapport' }],
    };
    const before: Correction[] = [];
    const correction = { after: { women: { value: '41' } }, position: '0500', invented: true } as unknown as Correction;
    const told = (women: string, corrections: Correction[]) => ({
      ...entry('2023', both('99', women, '70'), { corrections: corrections as never[] }),
      attested,
    });
    const sources = sourcesOf([told('41', [correction])], [told('156', before)]);
    const { total, women } = indicatorView(share([]), day, sources).series[0]!.computed!;
    expect(women).toMatchObject({ invented: true, numerator: { invented: true }, denominator: { attested } });
    expect(women!.numerator).not.toHaveProperty('attested');
    expect(total).not.toHaveProperty('invented');
    expect(total!.numerator).toMatchObject({ attested });
  });

  it('names a recorded value that says otherwise, and none that is rounded further', () => {
    const contradiction = (women: string) =>
      indicatorView(share([entry('2023', { women: { value: women } })]), day, conversations).series[0]!.computed!.women!
        .contradiction;
    expect(contradiction('26.4')).toEqual({ recorded: '26,4', computed: '26,3' });
    expect(contradiction('26.29')).toEqual({ recorded: '26,29', computed: '26,3' });
    for (const women of ['26.3', '26.30', '26.28', '26'])
      expect([women, contradiction(women)]).toEqual([women, undefined]);
  });

  it('says where there is none, and why', () => {
    const told = (numerator: Observation, denominator: Observation) =>
      computedSeries(share([]), sourcesOf([entry('2024', numerator)], [entry('2024', denominator)]), day).get('2024');
    const [one, none] = [{ total: { value: '1' } }, { total: { value: '0.0' } }];
    expect(told(one, none)?.total).toMatchObject({ because: 'zero-denominator' });
    expect(told(one, { total: { gap: 'secrecy' } })?.total).toMatchObject({ because: 'no-value' });
    expect(told({}, one)?.total).toMatchObject({ because: 'no-value' });
    const upTo = (month: string): Observation => ({ total: { value: '4', provisionalAsOf: `2024-${month}` } });
    expect(told(upTo('10'), upTo('08'))?.total).toMatchObject({ because: 'cut-off' });
    expect(told(upTo('10'), upTo('10'))?.total).toMatchObject({ value: '100.0', provisionalAsOf: '2024-10' });
    expect(told(one, one)).not.toHaveProperty('women');
  });

  it('is held against a value of its own month alone', () => {
    const recorded = entry('2023', { women: { value: '30', provisionalAsOf: '2023-08' } });
    expect(computedSeries(share([recorded]), conversations, day).get('2023')?.women).not.toHaveProperty('contradicts');
  });

  it('is that of the version that a value is of, and names the newest correction of a source', () => {
    const versions = [versionOf(1, {}), versionOf(2, { derived, splitBySex: false })];
    const series = [entry('2023', { total: { value: '1' } }), entry('2024', { total: { value: '2' } }, { version: 2 })];
    const computed = computedSeries(share(series, versions), conversations, day);
    expect([...computed.keys()]).toEqual(['2024']);
    expect(Object.keys(computed.get('2024')!)).toEqual(['total']);
    const corrections = [{ after: both('70', '48', '22'), position: '0500' }] as unknown as Correction[];
    const corrected = sourcesOf(
      [entry('2024', both('70', '48', '22'), { corrections: corrections as never[] })],
      [entry('2024', both('352', '175', '177'))],
    );
    const { denominator, numerator } = computedSeries(share([]), corrected, day).get('2024')!.men!;
    expect([numerator!.position, denominator!.position]).toEqual(['0500', '0412']);
  });
});
