import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { IndicatorContent, ItemContent, Snapshot } from '../format/snapshot.js';
import { goldenFolderOf } from '../testing/golden-log.js';
import { columnOf, readWorkbook, whenOf } from '../testing/read-workbook.js';
import { indicatorTable } from './indicators.table.js';
import { swedishInstant } from './swedish.js';
import { indicatorCsv } from './table.csv.js';
import { cellText } from './workbook-cell.js';
import { reportWorkbook, sheetsOf } from './workbook.xlsx.js';

const origin = { snapshotId: '9f0c5b0e-0000-5000-8000-000000000000', sha256: 'ab'.repeat(32), bytes: 1234 };
const golden = JSON.parse(readFileSync(join(goldenFolderOf(4), 'issue-1.json'), 'utf8')) as Snapshot;

/** One with an indicator that has these totals, of these periods. */
function withTotals(totals: Readonly<Record<string, IndicatorContent['series'][number]['total']>>): Snapshot {
  const [indicator] = golden.indicators as [IndicatorContent];
  const [entry] = indicator.series as [IndicatorContent['series'][number]];
  const series = Object.entries(totals).map(([period, total]) => ({ ...entry, period, total }));
  const target = { atMost: '-0.50', by: '2026-12-31' };
  return { ...golden, indicators: [{ ...indicator, target, series }] };
}

const withTitles = (...titles: string[]): Snapshot => {
  const [item] = golden.items as [ItemContent];
  return { ...golden, items: titles.map((title) => ({ ...item, title })) };
};

const sheet = async (name: string, snapshot: Snapshot = golden) =>
  readWorkbook(await reportWorkbook(snapshot, origin)).get(name)!;

describe('A workbook holds', () => {
  it('values, counts and years as numbers, shown with the decimals that were recorded', async () => {
    const rows = await sheet(
      'Indikatorer',
      withTotals({
        '2023': { value: '5.0' },
        '2024': { value: '-1234.50', asPrinted: '−1 234,50 (okt)' },
        '2025': { value: '5787' },
        '2025-08': { gap: 'secrecy' },
      }),
    );
    expect(columnOf(rows, 'Totalt')).toEqual([
      { number: 5, format: '#,##0.0' },
      { number: -1234.5, format: '#,##0.00' },
      { number: 5787, format: '#,##0' },
      'sekretess',
    ]);
    expect(columnOf(rows, 'Totalt som redovisat')).toEqual(['5,0', '−1 234,50 (okt)', '5\u00a0787', 'sekretess']);
    const year = (number: number) => ({ number, format: '0' });
    expect(columnOf(rows, 'Period')).toEqual([year(2023), year(2024), year(2025), '2025-08']);
    expect(columnOf(rows, 'Definition')[0]).toEqual({ number: 1, format: '0' });
    expect(columnOf(rows, 'Målvärde')[0]).toEqual({ number: -0.5, format: '#,##0.00' });
    const coverage = await sheet('Täckning');
    for (const [at, body] of golden.coverage.bodies.entries()) {
      expect(columnOf(coverage, 'Ska bedöma')[at]).toEqual({ number: body.expected, format: '0' });
      expect(columnOf(coverage, 'Har bedömt')[at]).toEqual({ number: body.assessed, format: '0' });
    }
    const about = new Map((await sheet('Metadata')).map(([what, value]) => [what, value]));
    expect(about.get('År')).toEqual({ number: golden.round.year, format: '0' });
    expect(about.get('Antal punkter')).toEqual({ number: golden.totals.all.items, format: '0' });
  });

  it('days and instants as dates, on the Swedish clock', async () => {
    const rows = await sheet('Indikatorer', withTotals({ '2024/25': { value: '1' }, '2025-02': { value: '2' } }));
    expect(columnOf(rows, 'Från').map(whenOf)).toEqual(['2024-07-01', '2025-02-01']);
    expect(columnOf(rows, 'Till').map(whenOf)).toEqual(['2025-06-30', '2025-02-28']);
    expect(whenOf(columnOf(rows, 'Målet senast')[0])).toBe('2026-12-31');
    const about = new Map((await sheet('Metadata')).map(([what, value]) => [what, value]));
    expect(whenOf(about.get('Avser läget'))).toBe(golden.round.referenceDate);
    expect(whenOf(about.get('Sista dag för bedömning'))).toBe(golden.round.deadline);
    expect(whenOf(about.get('Fryst'))).toBe(swedishInstant(golden.issue!.frozenAt));
    const judged = golden.items.findIndex(({ status }) => status !== null);
    const { recordedAt } = golden.items[judged]!.status!;
    expect(whenOf(columnOf(await sheet('Status'), 'Registrerad')[judged])).toBe(swedishInstant(recordedAt));
  });

  it('as text what a number or a date cannot tell whole', async () => {
    const value = '1234567890123456.5';
    const old = { ...withTotals({ '2025': { value } }), round: { ...golden.round, referenceDate: '1899-12-31' } };
    expect(columnOf(await sheet('Indikatorer', old), 'Totalt')).toEqual([
      '1\u00a0234\u00a0567\u00a0890\u00a0123\u00a0456,5',
    ]);
    expect((await sheet('Metadata', old)).find(([what]) => what === 'Avser läget')![1]).toBe('1899-12-31');
    // A number of an item is a name: 3.10 is another than 3.1.
    expect(columnOf(await sheet('Status'), 'Nummer')[0]).toBe(golden.items[0]!.number);
  });

  it('every text as it is read', async () => {
    const titles = [
      'constructor',
      '__proto__',
      'valueOf',
      'a_x0041_b',
      '_x000D_',
      'ett\ufdd0två\u{1fffe}',
      'b\u0007l',
      '😀',
    ];
    const shown = titles.map((title) => title.replace(/[\ufdd0\u{1fffe}\p{Cc}]/gu, '\ufffd'));
    expect(columnOf(await sheet('Status', withTitles(...titles)), 'Titel')).toEqual(shown);
  });

  it('the rows that one sheet has no room for in another', () => {
    const table = { head: ['a'], rows: [['1'], ['2'], ['3']] };
    const sheets = sheetsOf('Blad', table, [10], { most: 3 });
    expect(sheets.map(({ data, sheet: name }) => [name, data.map(([cell]) => cell!.value)])).toEqual([
      ['Blad', ['a', '1', '2']],
      ['Blad 2', ['a', '3']],
    ]);
    expect(sheetsOf('Blad', { head: ['a'], rows: [] }, [10])).toHaveLength(1);
  });
});

it('A cell of a sheet names only places where the whole text stands', async () => {
  const [body] = golden.coverage.bodies as [Snapshot['coverage']['bodies'][number]];
  const missingItemIds = Array.from({ length: 1_000 }, (_, index) => `${index}`.padStart(40, '0'));
  const long = withTitles('å'.repeat(40_000));
  const coverage = { ...golden.coverage, bodies: [{ ...body, missingItemIds }] };
  const snapshot = { ...long, coverage };
  expect(columnOf(await sheet('Täckning', snapshot), 'Saknas')[0]).toMatch(/hela texten står i ögonblicksbilden\]$/);
  expect(columnOf(await sheet('Status', snapshot), 'Titel')[0]).toMatch(/står i CSV-filen och i ögonblicksbilden\]$/);
});

it('A cell says what it cannot hold, and cuts no character in two', () => {
  expect(cellText('å'.repeat(32_767), 'boken')).toBe('å'.repeat(32_767));
  const long = cellText('😀'.repeat(20_000), 'boken');
  expect(long.length).toBeLessThanOrEqual(32_767);
  expect(long.isWellFormed()).toBe(true);
  expect(long).toMatch(/… \[7\s43\d tecken till ryms inte i en cell: hela texten står i boken\]$/);
});

describe('The CSV of the indicators', () => {
  it('has a row for each period, numbers with a decimal comma, and words for what is missing', () => {
    const snapshot = withTotals({ '2024': { value: '-1234.50' }, '2025': { gap: 'small-numbers' } });
    const [head, ...rows] = indicatorCsv(snapshot).trimEnd().split('\r\n');
    expect(head!.startsWith('\ufeff"Indikator";"Enhet"')).toBe(true);
    expect(rows[0]).toContain(';"2024";"-1234,50";');
    expect(rows[1]).toContain(';"2025";"för få för att redovisas";');
    expect(rows).toHaveLength(2);
  });

  it('leaves out nothing that the table of a snapshot says: corrections, provisional values, retirement', () => {
    const snapshot = withTotals({ '2025': { value: '7' } });
    const [indicator] = snapshot.indicators as [IndicatorContent];
    const [entry] = indicator.series as [IndicatorContent['series'][number]];
    const by = golden.issue!.by;
    const corrected = { reason: 'Fel kolumn', by, effectiveOn: '2025-09-01', recordedAt: '2025-09-01T06:30:00.000Z' };
    const corrections = [{ ...corrected, before: { total: { value: '70' } }, after: { total: { value: '7' } } }];
    const women = { value: '3', provisionalAsOf: '2025-08' };
    const retired = { on: '2025-10-01', reason: 'Mäts inte mer' };
    const table = indicatorTable({
      ...snapshot,
      indicators: [{ ...indicator, retired, series: [{ ...entry, women, corrections }] }],
    });
    const of = (head: string) => table.rows[0]![table.head.indexOf(head)];
    expect(of('Anmärkning')).toBe(
      'preliminärt t.o.m. 2025-08\nRättad 2025-09-01 08:30: Fel kolumn (tidigare totalt 70)',
    );
    expect(of('Följs inte längre från')).toEqual({ day: '2025-10-01' });
    expect(of('Skäl till det')).toBe('Mäts inte mer');
  });
});
