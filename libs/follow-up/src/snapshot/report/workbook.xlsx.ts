import type { Snapshot } from '../rule-1/snapshot.js';
import { coverageTable, indicatorTable, itemTable, metadataTable } from './rows.js';
import type { Table } from './rows.js';
import type { Origin } from './sections/origin.section.js';
import { withFixedTimes } from './zip-times.js';

/** The widths of the columns of each sheet, in characters. */
const widths = {
  items: [12, 10, 48, 18, 28, 28, 24, 16, 30, 60, 40, 36, 26, 17, 30, 36, 60],
  indicators: [48, 12, 16, 30, 28, 10, 16, 16, 16, 18, 18, 40, 20, 20, 20],
  coverage: [36, 18, 30, 12, 12, 80],
  metadata: [36, 80],
};

/** A snapshot as a workbook. Every cell is text: decimals stay as they are written, and nothing is taken for a formula. */
export async function reportWorkbook(snapshot: Snapshot, origin: Origin): Promise<Buffer> {
  const sheets = [
    sheet('Status', itemTable(snapshot), widths.items),
    sheet('Indikatorer', indicatorTable(snapshot), widths.indicators),
    sheet('Täckning', coverageTable(snapshot), widths.coverage),
    sheet('Metadata', metadataTable(snapshot, origin), widths.metadata),
  ];
  // Loaded by the first who wants a workbook: few do.
  const { default: writeExcelFile } = await import('write-excel-file/node');
  return withFixedTimes(await writeExcelFile(sheets).toBuffer());
}

function sheet(name: string, { head, rows }: Table, columns: readonly number[]) {
  return {
    sheet: name,
    stickyRowsCount: 1,
    columns: columns.map((width) => ({ width })),
    data: [
      head.map((value) => ({ value, type: String, fontWeight: 'bold' as const, wrap: true })),
      ...rows.map((row) => row.map((value) => cell(value))),
    ],
  };
}

/** A cell holds at most 32,767 characters; control characters other than line breaks are no XML. */
const cell = (text: string) => ({
  // eslint-disable-next-line no-control-regex
  value: text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '\ufffd').slice(0, 32_767),
  type: String,
  wrap: true,
  alignVertical: 'top' as const,
});
