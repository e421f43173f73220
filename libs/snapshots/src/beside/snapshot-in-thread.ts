import { compareSnapshots } from '../comparison/compare-snapshots.js';
import type { SnapshotComparison } from '../comparison/compare-snapshots.js';
import type { Snapshot } from '../format/snapshot.js';
import { reportHtml } from '../reports/report.html.js';
import type { Origin } from '../reports/sections/origin.section.js';
import { indicatorCsv, reportCsv } from '../reports/table.csv.js';
import { reportWorkbook } from '../reports/workbook.xlsx.js';

/** What is made of the bytes of a snapshot. */
export interface SnapshotWorks {
  readonly report: { readonly given: { readonly origin: Origin }; readonly made: Made<string> };
  readonly table: { readonly given: object; readonly made: Made<string> };
  readonly 'indicator-table': { readonly given: object; readonly made: Made<string> };
  readonly workbook: { readonly given: { readonly origin: Origin }; readonly made: Made<Uint8Array> };
  /** Against the bytes of another one. */
  readonly comparison: { readonly given: { readonly other: Uint8Array }; readonly made: SnapshotComparison };
}

export interface Made<Content> {
  readonly content: Content;
  /** What a file of it is called, without its extension. */
  readonly name: string;
}

export type SnapshotTask = {
  [Work in keyof SnapshotWorks]: SnapshotWorks[Work]['given'] & { readonly work: Work; readonly bytes: Uint8Array };
}[keyof SnapshotWorks];

/** What a thread does with the bytes of a snapshot; where there are few, whoever wants it done. */
export default async function workOn(task: SnapshotTask): Promise<SnapshotWorks[keyof SnapshotWorks]['made']> {
  const snapshot = snapshotIn(task.bytes);
  const { issue, round } = snapshot;
  const name = `${round.kind}-${round.year}-${issue?.number ?? 'now'}`;
  switch (task.work) {
    case 'report':
      return { content: reportHtml(snapshot, task.origin), name };
    case 'table':
      return { content: reportCsv(snapshot), name };
    case 'indicator-table':
      return { content: indicatorCsv(snapshot), name: `${name}-indikatorer` };
    case 'workbook':
      return { content: await reportWorkbook(snapshot, task.origin), name };
    case 'comparison':
      return compareSnapshots(snapshot, snapshotIn(task.other));
  }
}

const snapshotIn = (bytes: Uint8Array): Snapshot => JSON.parse(Buffer.from(bytes).toString('utf8')) as Snapshot;
