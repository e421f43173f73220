import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Snapshot } from '../format/snapshot.js';
import { goldenFolderOf } from '../testing/golden-log.js';
import { columnOf, readWorkbook } from '../testing/read-workbook.js';
import { unzipped } from '../testing/unzipped.js';
import { html } from '#html';
import { reportHtml } from './report.html.js';
import { indicatorTable } from './indicators.table.js';
import { swedishNumber } from './swedish.js';
import { csvOf, reportCsv } from './table.csv.js';
import { reportWorkbook } from './workbook.xlsx.js';

const origin = { snapshotId: '9f0c5b0e-0000-5000-8000-000000000000', sha256: 'ab'.repeat(32), bytes: 1234 };
const issue = (number: number, rule = 1) =>
  JSON.parse(readFileSync(join(goldenFolderOf(rule), `issue-${number}.json`), 'utf8')) as Snapshot;

/** Every text of a snapshot replaced by one that tries to be markup, a formula or a control character. */
function hostile(value: unknown, property = ''): unknown {
  if (typeof value === 'string') {
    const kept =
      /^(kind|code|icon|state|movement|direction|about|role|period|value|difference)$|Id$|Ids$|At$|On$|Date|deadline|^scope$/;
    return kept.test(property) ? value : `=1+1"'><script>alert(1)</script>&amp;\u0000${value}`;
  }
  if (Array.isArray(value)) return value.map((element) => hostile(element, property));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, hostile(inner, name)]));
}

/** Whether every tag is closed in its place. @throws where one is not */
function checkWellFormed(page: string): void {
  const open: string[] = [];
  const empty = new Set(['meta', 'path', 'circle', 'rect']);
  const body = page.replace(/^<!DOCTYPE html>/, '').replace(/<style>[^]*?<\/style>/, '');
  for (const [whole, closing, name, attributes, selfClosing] of body.matchAll(
    /<(\/?)([a-z0-9]+)((?:\s+[a-zA-Z-]+="[^"<]*")*)\s*(\/?)>/g,
  )) {
    void whole;
    void attributes;
    if (closing) {
      const last = open.pop();
      if (last !== name) throw new Error(`</${name}> closes <${last}>`);
    } else if (!selfClosing && !empty.has(name!)) open.push(name!);
  }
  if (open.length > 0) throw new Error(`Never closed: ${open.join(', ')}`);
  const rest = body.replace(/<(\/?)([a-z0-9]+)((?:\s+[a-zA-Z-]+="[^"<]*")*)\s*(\/?)>/g, '');
  if (/[<>]/.test(rest)) throw new Error(`A stray angle bracket: ${/.{0,60}[<>].{0,60}/s.exec(rest)?.[0]}`);
  if (/&(?!(amp|lt|gt|quot|#39);)/.test(rest)) throw new Error('A stray ampersand');
}

/** One whose second measure changed its unit, and in which an item was judged on an earlier version of the scale. */
function redefined(): Snapshot {
  const snapshot = issue(1, 4);
  const { indicators, items, plan, totals } = snapshot;
  const [share] = indicators as [Snapshot['indicators'][number]];
  const { direction, name, source, splitBySex } = share;
  const about = { direction, name, source, splitBySex };
  const definitions = ['besök', 'procent'].map((unit, index) => ({
    ...{ ...about, version: index + 1, since: `202${3 + index}-01-01`, measure: { unit, kind: 'share' } },
    ...(index > 0 && { reason: 'Ny mätning' }),
  }));
  const series = share.series.map((entry, index) => ({ ...entry, definition: index === 0 ? 1 : 2 }));
  const why = { movement: 'not-comparable' as const, against: '2023', notComparable: ['unit'], break: ['unit'] };
  series[1] = { ...series[1]!, ...why };
  const scale = { scaleId: plan.scale.scaleId, version: 9 };
  const level = { ...plan.scale.levels[0]!, code: 'old', label: 'Utmärkt', meaning: 'Bättre än väntat' };
  const row = { code: 'old', label: 'Utmärkt enligt skala version 9', count: 1, scale };
  const judged = items.findIndex(({ status }) => status !== null);
  const { status } = items[judged]!;
  return {
    ...snapshot,
    plan: { ...plan, otherScales: [{ ...scale, name: 'Skalan', levels: [level] }] },
    indicators: [{ ...share, definitions, series, targetStatus: 'not-yet-due' }],
    items: items.with(judged, { ...items[judged]!, status: { ...status!, level, scale } }),
    totals: { ...totals, all: { ...totals.all, levels: [...totals.all.levels, row] } },
  };
}

it('The table of items tells of contributions, and of what was said before, all that the page does', () => {
  const snapshot = issue(1, 4);
  const [item] = snapshot.items.filter(({ status }) => status) as [Snapshot['items'][number]];
  const status = item.status!;
  const { by, level, recordedAt } = status;
  const said = { level, motivation: 'Sagt förut', evidence: [] };
  const corrections = [{ before: said, after: said, reason: 'Fel rad', by, recordedAt }];
  const replaced = [{ ...said, motivation: 'Sagt först', assessmentId: status.assessmentId, recordedAt }];
  const late = { ...status, late: true as const, corrections, replaced, evidence: [{ note: 'Protokoll' }] };
  const contribution = { ...late, body: { bodyId: 'amn', name: 'AMN' }, motivation: 'Vårt bidrag' };
  const csv = reportCsv({ ...snapshot, items: [{ ...item, status: late, contributions: [contribution] }] });
  for (const told of ['Efter frysningen', 'Fel rad', 'Sagt förut', 'Sagt först', 'Protokoll']) {
    expect(csv.split(told).length - 1).toBe(2);
  }
  expect(csv).toContain('AMN: ');
  expect(csv).toContain('Vårt bidrag (registrerad ');
});

describe('A change of meaning', () => {
  it('is told in the page: the series breaks, and levels of another version have columns of their own', () => {
    const page = reportHtml(redefined(), origin).replace(/\s+/g, ' ');
    checkWellFormed(page);
    expect(page).toContain('Seriebrott: annan enhet, procent');
    expect(page).toContain('Inte jämförbart med 2023: annan enhet');
    expect(page).toContain('Seriebrott vid 2024.');
    expect(page).toContain('Definitioner: 1 från 2023-01-01, besök · 2 från 2024-01-01, procent (Ny mätning)');
    expect(page).toContain('Målet ska inte vara nått än.');
    expect(page).toContain('Utmärkt enligt skala version 9');
    expect(page).toContain('Bättre än väntat');
    // No line leads over the break.
    expect(/<g class="total"\s*><path class="line" d="M[^ML"]* [^ML"]*M/.test(page)).toBe(true);
    expect(reportHtml(issue(1, 4), origin)).not.toMatch(/Seriebrott|Definitioner/);
  });

  it('is told in tables, where a value stands with the unit that it is of', async () => {
    const table = indicatorTable(redefined());
    const [first, second] = table.rows;
    expect(first!.slice(0, 2)).toEqual(['Andel vuxna med ekonomiskt bistånd', 'besök']);
    const of = (head: string) => second![table.head.indexOf(head)];
    expect([of('Enhet'), of('Definition'), of('Målet nått')]).toEqual([
      'procent',
      { whole: 2 },
      'Målet ska inte vara nått än.',
    ]);
    expect(of('Anmärkning')).toContain('Seriebrott: annan enhet');
    expect(reportCsv(redefined())).toContain('"Utmärkt (skala version 9)"');
    const text = [...unzipped(await reportWorkbook(redefined(), origin)).values()].join('\n');
    expect(text).toContain('Seriebrott: annan enhet');
  });

  it('has as many fields in each row as in the head', () => {
    for (const snapshot of [issue(1), issue(1, 4), issue(2, 5), redefined()]) {
      const { head, rows } = indicatorTable(snapshot);
      for (const row of rows) expect(row).toHaveLength(head.length);
    }
  });
});

describe('The HTML report', () => {
  it.each([1, 2])('of issue %i is well formed, and always the same', (number) => {
    const page = reportHtml(issue(number), origin);
    checkWellFormed(page);
    expect(reportHtml(issue(number), origin)).toBe(page);
    expect(page).toContain('<html lang="sv">');
    expect(page).not.toMatch(/<script|https?:|url\(|undefined|\[object/);
  });

  it('tells what is on hold, where the rule of the snapshot does', () => {
    const page = reportHtml(issue(1, 2), origin).replace(/\s+/g, ' ');
    checkWellFormed(page);
    for (const shown of [
      'Vilar från 2025-07-01 till 2025-12-01: Detaljplanen är överklagad',
      '<th scope="col" class="n">Vilande</th>',
      'Lagd vilande',
      'vilar till 2025-12-01',
    ]) {
      expect(page).toContain(shown);
      expect(reportHtml(issue(1), origin)).not.toContain(shown);
    }
    expect(reportCsv(issue(1, 2))).toContain(
      '"Vilar från 2025-07-01 till 2025-12-01: Detaljplanen är överklagad";"Bedöms inte"',
    );
  });

  it('escapes every text, whatever it holds', () => {
    const page = reportHtml(hostile(issue(2)) as Snapshot, origin);
    checkWellFormed(page);
    expect(page).not.toContain('<script');
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;\ufffd');
  });

  it('has its headings in order, and every id once', () => {
    const page = reportHtml(issue(2), origin);
    const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    levels.slice(1).forEach((level, index) => expect(level - levels[index]!).toBeLessThanOrEqual(1));
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('shows what is late, corrected, overridden and missing', () => {
    const page = reportHtml(issue(2), origin).replace(/[ \n]+/g, ' ');
    for (const shown of [
      'Utgåva 2, ersätter utgåva 1.',
      'Frystes trots att underlag saknades från Kommunstyrelsen.',
      'Efter frysningen',
      'Efter sista dag',
      'Rättad',
      'I förra utgåvan: Gul. E-tjänsten är försenad.',
      'Tillbakadragen bedömning från Kommunstyrelsen',
      '5 787 (okt)',
      'Skillnad, kvinnor minus män',
      'högst 1 senast 2026-12-31 (N2.2)',
    ]) {
      expect(page).toContain(shown);
    }
  });

  it('knows what is no issue', () => {
    expect(reportHtml({ ...issue(1), issue: null }, origin)).toContain('Inte fryst.');
  });
});

describe('What was attested or made up', () => {
  const flat = (page: string) => page.replace(/\s+/g, ' ');

  it('says so in the page, of whatever it is', () => {
    const page = flat(reportHtml(issue(2, 5), origin));
    checkWellFormed(page);
    for (const shown of [
      'Innehåller påhittade uppgifter.',
      'Enklare och digitala processer</span><span class="mark">Påhittat</span>',
      'Sagt 2025-09-03 av Förvaltningsdirektör, Kommunstyrelsen, enligt Delrapport (KSN-2025-01200), Bildspel',
      'arsrapport-2023.pdf (SHA-256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08)',
      'april 2025 (påhittat)',
      'Tillbakadragen bedömning från Kommunstyrelsen (Påhittat: ',
      'högst 1 senast 2026-12-31 (N2.2). ',
      'Beräknas: Genomförda ungdomssamtal ÷ Erbjudna ungdomssamtal × 100, med 1 decimal; en halv avrundas från noll.',
      'Motsägelse: kvinnor 26,4 redovisat, men 26,3 beräknat',
      'Beräknat: totalt 19,9 (Påhittat: Genomförda ungdomssamtal 70 ÷ Erbjudna ungdomssamtal 352)',
      'inte beräknat: räknade till olika månader',
      'Kvinnor och män: 111',
    ]) {
      expect(page).toContain(shown);
    }
    for (const number of [1, 2]) {
      expect(reportHtml(issue(number, 4), origin)).not.toMatch(/[Pp]åhittat|Sagt \d|Beräkna|Motsägelse/);
    }
    checkWellFormed(reportHtml(hostile(issue(2, 5)) as Snapshot, origin));
  });

  it('says so in every row of the tables, and in the workbook', async () => {
    const snapshot = issue(2, 5);
    const rows = readWorkbook(await reportWorkbook(snapshot, origin));
    const status = rows.get('Status')!;
    const at = (head: string, wanted: string) =>
      columnOf(status, head)[snapshot.items.findIndex(({ key }) => key === wanted)];
    expect(at('Bedömningens ursprung', 'a3')).toBe('Påhittat');
    expect(at('Bedömningens ursprung', 'u1')).toMatch(/^Sagt 2025-09-03 av Förvaltningsdirektör, Kommunstyrelsen/);
    expect([at('Punktens ursprung', 'u1'), at('Punktens ursprung', 'a4')]).toEqual(['Påhittat', undefined]);
    expect(at('Punktens ursprung', 'u2')).toMatch(/^Sagt 2024-12-19 av Nämndens ordförande, Arbetsmarknadsnämnden/);
    expect(reportCsv(snapshot)).toContain('"Påhittat');
    const about = new Map(rows.get('Metadata')!.map(([what, value]) => [what, value]));
    expect([about.get('Innehåller påhittade uppgifter'), about.get('Uppföljningens ursprung')]).toEqual([
      'Ja',
      'Påhittat',
    ]);
    const indicators = rows.get('Indikatorer')!;
    const names = columnOf(indicators, 'Indikator');
    const of = (head: string) => columnOf(indicators, head)[names.indexOf('Andel genomförda ungdomssamtal')];
    expect(of('Beräknat kvinnor')).toEqual({ number: 26.3, format: '#,##0.0' });
    expect(of('Beräknat av')).toContain('kvinnor 26,3 (Genomförda ungdomssamtal 41 ÷ Erbjudna ungdomssamtal 156)');
    expect(of('Motsägelse')).toBe('kvinnor 26,4 redovisat, men 26,3 beräknat');
    expect(columnOf(indicators, 'Indikatorns ursprung')[names.indexOf('Besök')]).toBe('Påhittat');
    expect(columnOf(indicators, 'Värdets ursprung')[names.indexOf('Besök')]).toBe('Påhittat');
    expect(columnOf(indicators, 'Målets ursprung')).toContain('Påhittat');
  });
});

describe('What rule 6 tells of documents', () => {
  it('stands in the page: what is inferred, retold and remarked, numbers elsewhere, and how links are called', () => {
    const page = reportHtml(issue(1, 6), origin);
    for (const told of [
      'Slutsats: nummer: Ordningen i listan.',
      'Återgivet i korthet: text',
      'Anmärkning: Står två gånger i dokumentet. Lydelsen är protokollets.',
      'Andra nummer: 3.2 (Bilaga 1)',
      'Givet av: Kommunstyrelsen, 2021, 2021:8',
      'Genom: Arbetsmarknadsnämnden genom Uppsalahem AB',
      'slogs samman, i dokumentet: Slås ihop med',
      'Slutsats: till vilken dag: Årets sista dag.',
      'Anmärkning: Per brev.',
      'Slutsats: total: Avläst ur diagram.',
      'Slutsats: giltig från: Omslaget anger åren.',
    ])
      expect(page).toContain(told);
    expect(reportHtml(issue(1, 5), origin)).not.toMatch(/Slutsats|Återgivet|Andra nummer|Givet av/);
    checkWellFormed(reportHtml(hostile(issue(2, 6)) as Snapshot, origin));
  });

  it('stands in the tables, that of corrections and links too', async () => {
    const snapshot = issue(1, 6);
    const rows = readWorkbook(await reportWorkbook(snapshot, origin));
    const at = (head: string, wanted: string) =>
      columnOf(rows.get('Status')!, head)[snapshot.items.findIndex(({ key }) => key === wanted)];
    expect(at('Punktens ursprung', 'u1')).toMatch(/^Påhittat\. Slutsats: nummer: .* Återgivet i korthet: text/);
    expect(at('Bedömningens ursprung', 'u1')).toContain('Anmärkning: Muntlig redovisning.');
    expect(at('Anmärkning', 'u1')).toContain('(Anmärkning: Enligt brev.)');
    expect([at('Andra nummer', 'u2'), at('Givet av', 'u2'), at('Genom', 'u2')]).toEqual([
      ...['3.2 (Bilaga 1)', 'Kommunstyrelsen, 2021, 2021:8', 'Arbetsmarknadsnämnden genom Uppsalahem AB'],
    ]);
    expect(at('Läge', 'u3')).toContain('(Slutsats: till vilken dag: Årets sista dag.)');
    const links = [...columnOf(rows.get('Status')!, 'Efterföljs av'), ...columnOf(rows.get('Status')!, 'Kom av')];
    expect(JSON.stringify(links)).toMatch(
      /slogs samman, i dokumentet: Slås ihop med, påhittat\) 2025-05-21\. .*Samma lydelse/,
    );
    expect(reportCsv(snapshot)).toContain('Nytt nummer');
    const values = rows.get('Indikatorer')!;
    expect(columnOf(values, 'Värdets ursprung')).toContain('Slutsats: total: Avläst ur diagram.');
    expect(JSON.stringify(columnOf(values, 'Anmärkning'))).toContain('(Anmärkning: Rättad i tryck.)');
  });
});

describe('The template', () => {
  it('escapes what is put in, and leaves markup as it is', () => {
    expect(html`<p>${'<b>"&'}${html`<b>${7}</b>`}${false}${null}${['a', html`<i />`]}</p>`.markup).toBe(
      '<p>&lt;b&gt;&quot;&amp;<b>7</b>a<i /></p>',
    );
  });
});

describe('Swedish numbers', () => {
  it.each([
    ['5787', '5\u00a0787'],
    ['1234567.50', '1\u00a0234\u00a0567,50'],
    ['-0.84', '\u22120,84'],
    ['5.0', '5,0'],
    ['100', '100'],
  ])('%s is %s', (decimal, written) => expect(swedishNumber(decimal)).toBe(written));
});

describe('The CSV', () => {
  it('is for a Swedish Excel: byte order mark, semicolons, every field quoted', () => {
    const csv = reportCsv(issue(1));
    const lines = csv.split('\r\n');
    expect(csv.startsWith('\ufeff"Slag";"Nummer";"Titel"')).toBe(true);
    expect(lines.find((line) => line.includes('Fler i arbete'))).toContain('"Uppdrag";"10";"Fler i arbete"');
    expect(lines).toHaveLength(9 + 2);
  });

  it.each(['=1+1', '+46', '-1', '@SUM(A1)', '\t=1', ' =1', '＝1', '|cmd'])('makes no formula of %j', (text) => {
    expect(csvOf({ head: ['a'], rows: [[text]] })).toBe(`\ufeff"a"\r\n"'${text}"\r\n`);
  });

  it('takes a number below zero for a number, and what is none for text', () => {
    expect(csvOf({ head: ['a'], rows: [[{ decimal: '-0.84' }, { decimal: '-0.84|cmd' }, { whole: 2025 }]] })).toBe(
      `\ufeff"a"\r\n"-0,84";"'-0.84|cmd";"2025"\r\n`,
    );
  });

  it('doubles quotes, and keeps line breaks within a field', () => {
    expect(csvOf({ head: ['a'], rows: [['säg "ja";\nnej', '−1']] })).toContain('"säg ""ja"";\nnej";"−1"');
  });
});

describe('The workbook', () => {
  it('has its four sheets, decimals as they were recorded, and always the same bytes', async () => {
    const workbook = await reportWorkbook(issue(1), origin);
    const text = [...unzipped(workbook).values()].join('\n');
    for (const name of ['Status', 'Indikatorer', 'Täckning', 'Metadata']) expect(text).toContain(`name="${name}"`);
    expect(readWorkbook(workbook).get('Indikatorer')!.flat()).toContainEqual({ number: 1.5, format: '#,##0.00' });
    expect(text).toContain('5 787 (okt)');
    expect(text).toContain(origin.sha256);
    const moment = Date.now();
    while (Math.floor(Date.now() / 2_000) === Math.floor(moment / 2_000)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect((await reportWorkbook(issue(1), origin)).equals(workbook)).toBe(true);
  });

  it('takes hostile text as text', async () => {
    const workbook = await reportWorkbook(hostile(issue(2)) as Snapshot, origin);
    const text = [...unzipped(workbook).values()].join('\n');
    expect(text).toContain('&lt;script&gt;');
    expect(['<script', '<f>', '\u0000'].filter((bad) => text.includes(bad))).toEqual([]);
  });
});
