import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { AssessmentContent, ItemContent, ScaleRef, Snapshot } from '../format/snapshot.js';
import { goldenFolderOf } from '../testing/golden-log.js';
import { columnOf, readWorkbook } from '../testing/read-workbook.js';
import { differencesInAll } from './differing.js';
import { reportHtml } from './report.html.js';
import { reportCsv } from './table.csv.js';
import { reportWorkbook } from './workbook.xlsx.js';

const origin = { snapshotId: '9f0c5b0e-0000-5000-8000-000000000000', sha256: 'ab'.repeat(32), bytes: 1234 };
const golden = JSON.parse(readFileSync(join(goldenFolderOf(4), 'issue-1.json'), 'utf8')) as Snapshot;
const [green, yellow] = ['on-track', 'delayed'].map((code) =>
  golden.plan.scale.levels.find((level) => level.code === code)!,
) as [AssessmentContent['level'], AssessmentContent['level']];
const status = golden.items.find((item) => item.status)!.status!;
const second: ScaleRef = { scaleId: golden.plan.scale.scaleId, version: golden.plan.scale.version + 1 };

const said = (name: string, level: AssessmentContent['level'], scale?: ScaleRef): AssessmentContent => ({
  ...status,
  body: { bodyId: name, name },
  level,
  ...(scale && { scale }),
});

/** A snapshot of one item, of which bodies say this. */
function of(owners: AssessmentContent | null, ...contributions: AssessmentContent[]): Snapshot {
  const [item] = golden.items as [ItemContent];
  const topItems = [{ item, itemIds: [item.itemId] }];
  return { ...golden, topItems, items: [{ ...item, status: owners, contributions }] };
}

/** What the CSV tells in the column of differences. */
function inCsv(snapshot: Snapshot): string {
  const [head, row] = reportCsv(snapshot)
    .slice(1)
    .split('\r\n')
    .map((line) => line.slice(1, -1).split('";"'));
  return row![head!.indexOf('Bedöms olika')]!;
}

describe('What bodies say of an item in a snapshot', () => {
  const differing = of(said('KF', green), said('AMN', yellow), said('KS', green));

  it('is told where it differs: in the CSV, the workbook and the page', async () => {
    const words = 'AMN (Gul) skiljer sig från ägarens bedömning, skiljer sig från KS\nKS (Grön) skiljer sig från AMN';
    expect(inCsv(differing)).toBe(words);
    const sheet = readWorkbook(await reportWorkbook(differing, origin)).get('Status')!;
    expect(columnOf(sheet, 'Bedöms olika')).toEqual([words]);
    const page = reportHtml(differing, origin);
    expect(page).toContain('Skiljer sig från ägarens bedömning, skiljer sig från KS.');
    expect(page).toContain('<span class="mark">Bedöms olika</span>');
    expect(page).toContain('Av 1 punkter som flera har bedömt bedöms 1 olika.');
  });

  it('says nothing where all agree, or one alone has judged', () => {
    for (const snapshot of [
      of(said('KF', green), said('AMN', green)),
      of(null, said('AMN', green)),
      of(said('KF', green)),
    ]) {
      expect(inCsv(snapshot)).toBe('');
      expect(reportHtml(snapshot, origin)).not.toContain('Bedöms olika');
    }
    expect(differencesInAll(of(said('KF', green)))).toBeUndefined();
  });

  it('is not compared on different versions of the scale, and said not to be', () => {
    const snapshot = of(said('KF', green), said('AMN', yellow, second), said('KS', green));
    expect(inCsv(snapshot)).toContain('AMN (Gul (skala version');
    expect(inCsv(snapshot)).toContain('kan inte jämföras med ägarens bedömning, som är gjord på en annan skala');
    expect(inCsv(snapshot)).not.toContain('skiljer sig');
    expect(differencesInAll(snapshot)).toBe(
      'Av 1 punkter som flera har bedömt bedöms 0 olika, och 1 är bedömda på olika skalor och kan inte jämföras.',
    );
    // Two that are on the same version are, whichever that is.
    expect(inCsv(of(said('KF', green, second), said('AMN', yellow, second)))).toContain('skiljer sig från ägarens');
    // Earlier rules do not tell the version: a level that the plan's scale does not have is of another.
    const unknown = { ...yellow, code: 'late', label: 'Sen' };
    expect(inCsv(of(said('KF', green), said('AMN', unknown)))).toContain('kan inte jämföras med ägarens');
  });

  it('names few, and counts many', () => {
    const many = of(said('KF', green), said('AMN', yellow), ...['a', 'b', 'c', 'd'].map((name) => said(name, green)));
    expect(inCsv(many)).toContain('AMN (Gul) skiljer sig från ägarens bedömning, skiljer sig från 4 andra nämnder');
  });
});
