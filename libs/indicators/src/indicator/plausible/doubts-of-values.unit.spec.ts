import { describe, expect, it } from '@jest/globals';
import { inLanguage } from '#kernel';
import { doubtsOfTarget } from './doubts-of-target.js';
import { doubtsOfValues } from './doubts-of-values.js';
import type { DefinedIndicator } from './series-before.js';

const today = '2025-02-10';

/** Values as text; a text without digits is the reason of a gap. */
type Row = readonly [total?: string, women?: string, men?: string];

const cellOf = (text: string | undefined) => {
  if (text === undefined) return undefined;
  const [, value = '', month] = /^(-?[\d.]+)%?(?: \((.*)\))?$/.exec(text) ?? [];
  if (value === '') return { gap: text as 'not-applicable' };
  return { value, ...(text !== value && { asPrinted: text }), ...(month && { provisionalAsOf: month }) };
};
const observationOf = ([total, women, men]: Row) => ({
  ...(total && { total: cellOf(total)! }),
  ...(women && { women: cellOf(women)! }),
  ...(men && { men: cellOf(men)! }),
});

function indicator(
  [unit, kind]: readonly [string, string],
  series: Readonly<Record<string, Row>> = {},
  direction: 'increase' | 'decrease' | 'maintain' = 'increase',
): DefinedIndicator {
  const values = Object.fromEntries(Object.entries(series).map(([period, row]) => [period, observationOf(row)]));
  const names = { name: 'Besök', ownerId: 'b', source: 'Egen', splitBySex: true, itemIds: [] };
  const definition = { ...names, measure: { unit, kind }, direction };
  const versions = [{ version: 1, since: '2023-01-01', definition, eventId: 'e' }];
  const begun = { id: 'e', since: '2023-01-01' };
  return {
    status: 'defined',
    planId: 'p',
    begun,
    definition,
    versions,
    newestVersion: 1,
    values,
    meant: {},
    recordedBy: {},
    targets: [],
    corrected: {},
    corrections: 0,
  };
}

const visits = ['besök', 'count'] as const;
const share = ['procent', 'share'] as const;
const year = { '2023': ['6609', '3609', '3000'] } as const;
const told = (of: DefinedIndicator, period: string, row: Row) =>
  doubtsOfValues({ period, ...observationOf(row) }, of, { today }).map(({ field, rule }) => `${rule} at ${field}`);

describe('Values of a period', () => {
  it('are held against those alone that measure the same', () => {
    const [before, after] = [indicator(visits, year), indicator(share)];
    const defined = {
      ...{ ...before, definition: after.definition, meant: { '2023': { total: 1, women: 1, men: 1 } } },
      versions: [...before.versions, { version: 2, since: '2024-01-01', definition: after.definition, eventId: 'f' }],
    };
    const doubts = (row: Row, version: number) =>
      doubtsOfValues({ period: '2024', ...observationOf(row) }, defined, { today, version });
    expect(doubts(['10.15', '10.99', '9.31'], 2)).toEqual([]);
    expect(doubts(['10.15', '10.99', '9.31'], 1)).not.toEqual([]);
  });

  it('are not doubted where they go on as before', () => {
    expect(told(indicator(visits, year), '2024', ['5787 (2024-10)', '3187 (2024-10)', '2600 (2024-10)'])).toEqual([]);
    expect(told(indicator(visits, year), '2024', ['0', '0', '0'])).toEqual([]);
    expect(told(indicator(visits, { '2023': ['0'] }), '2024', ['5000'])).toEqual([]);
    expect(told(indicator(share), '2024', ['10.15', '10.99', '9.31'])).toEqual([]);
    expect(told(indicator(share, { '2023': ['33'] }), '2024', ['33'])).toEqual([]);
    expect(told(indicator(visits), '2024', ['not-reported', 'not-applicable'])).toEqual([]);
    expect(told(indicator(['kronor', 'amount'], { '2023': ['200'] }), '2024', ['180.5', '100', '70'])).toEqual([]);
  });

  it.each<[string, DefinedIndicator, string, Row, string[]]>([
    ['a year to come', indicator(visits), '2026', ['5'], ['period-has-begun at period']],
    ['a quarter to come', indicator(visits), '2025-Q2', ['5'], ['period-has-begun at period']],
    ['another decade', indicator(visits, year), '2014', ['6000'], ['period-near-others at period']],
    ['another century', indicator(visits), '1924', ['6000'], ['period-near-others at period']],
    ['long before it was defined', indicator(visits), '2007', ['6000'], ['period-in-life at period']],
    ['some years before it was defined', indicator(visits), '2009', ['6000'], []],
    [
      'after it was retired',
      { ...indicator(visits), retiredOn: '2024-07-01' },
      '2024-H2',
      ['6000'],
      ['period-in-life at period'],
    ],
    ['as it was retired', { ...indicator(visits), retiredOn: '2024-07-01' }, '2024', ['6000'], []],
    [
      'a month of another year',
      indicator(visits),
      '2024',
      ['5 (2023-10)'],
      ['month-of-period at total.provisionalAsOf'],
    ],
    ['a month to come', indicator(visits), '2025', ['5 (2025-10)'], ['month-of-period at total.provisionalAsOf']],
    [
      'a month of another third',
      indicator(visits),
      '2024-T1',
      ['5 (2024-08)'],
      ['month-of-period at total.provisionalAsOf'],
    ],
    [
      'parts that are not the total',
      indicator(visits),
      '2024',
      ['4063', '2230', '1883'],
      ['parts-make-total at total'],
    ],
    [
      'an average beyond its parts',
      indicator(share),
      '2024',
      ['12.4', '11.2', '10.9'],
      ['total-between-parts at total'],
    ],
    ['a share above the whole', indicator(share), '2024', ['101.5'], ['share-within-whole at total']],
    ['a share below nothing', indicator(share), '2024', ['-1.5'], ['value-not-negative at total']],
    ['thousands as decimals', indicator(visits), '2024', ['5.787'], ['count-whole at total']],
    [
      'thousands as decimals, seen from the year before',
      indicator(visits, year),
      '2024',
      ['5.787'],
      ['count-whole at total', 'value-in-line at total'],
    ],
    [
      'another unit',
      indicator(['tkr', 'amount'], { '2023': ['6000'] }),
      '2024',
      ['6100000'],
      ['value-in-line at total'],
    ],
    ['percent as parts of one', indicator(share, { '2023': ['33'] }), '2024', ['0.34'], ['value-in-line at total']],
    [
      'another sign',
      indicator(['kronor', 'amount'], { '2023': ['200'] }),
      '2024',
      ['-180'],
      ['sign-as-before at total'],
    ],
    ['percent of a count', indicator(visits), '2024', ['33%'], ['unit-as-printed at total']],
    ['the sexes exchanged', indicator(visits, year), '2024', ['6500', '2900', '3600'], ['sexes-as-before at women']],
    [
      'the sexes exchanged, far apart',
      indicator(visits, { '2023': ['5000', '4000', '1000'] }),
      '2024',
      ['5100', '1020', '4080'],
      ['sexes-as-before at women'],
    ],
    [
      'a sex that has none',
      indicator(share, { '2023': ['15.8', '15.8', 'not-applicable'] }),
      '2024',
      ['13.1', 'not-reported', '13.1'],
      ['sex-applies at men'],
    ],
    ['the row of the year before', indicator(visits, year), '2024', ['6609', '3609', '3000'], ['row-once at ']],
    ['few digits that are the same', indicator(visits, { '2023': ['3', '2', '1'] }), '2024', ['3', '2', '1'], []],
  ])('%s', (_, of, period, row, doubts) => {
    expect(told(of, period, row)).toEqual(doubts);
  });

  it('are held against what is known of the period, where one column is corrected', () => {
    const of = indicator(visits, { '2024': ['4063', '2230', '1833'] });
    const correction = doubtsOfValues({ period: '2024', reason: 'Fel', men: { value: '1883' } }, of, { today });
    expect(correction.map(({ said }) => inLanguage('sv', said))).toEqual([
      'Kvinnor, 2230, och män, 1883, är tillsammans 4113, och totalen är 4063',
    ]);
  });
});

describe('A target', () => {
  const rules = (target: Parameters<typeof doubtsOfTarget>[0], direction: 'increase' | 'decrease' = 'decrease') =>
    doubtsOfTarget(target, indicator(share, {}, direction), '2025-01-01').map(
      ({ field, rule }) => `${rule} at ${field}`,
    );

  it('is to come, goes the wanted way, and is a part of the whole', () => {
    expect(rules({ atMost: '1', by: '2026-12-31' })).toEqual([]);
    expect(rules({ direction: 'increase' })).toEqual([]);
    expect(rules({ atMost: '1', by: '2024-12-31' })).toEqual(['target-to-come at target.by']);
    expect(rules({ atLeast: '1', by: '2026-12-31' })).toEqual(['target-as-direction at target.atLeast']);
    expect(rules({ atLeast: '800', by: '2026-12-31' }, 'increase')).toEqual(['share-within-whole at target.atLeast']);
  });
});
