import { shownText } from '#kernel';
import type { Snapshot } from '../format/snapshot.js';
import { coverageTable, indicatorTable, itemTable, metadataTable } from './rows.js';
import type { Table } from './rows.js';
import { swedishNumber } from './swedish.js';
import type { Origin } from './sections/origin.section.js';

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
  const [{ default: writeExcelFile }, { unzipSync, zipSync }] = await Promise.all([
    import('write-excel-file/node'),
    import('fflate'),
  ]);
  // Packed again with one time for all of its files, so that what is the same has the same bytes.
  return Buffer.from(zipSync(unzipSync(await writeExcelFile(sheets).toBuffer()), { mtime: firstDay }));
}

/** The first that a ZIP file can tell (APPNOTE 4.4.6); it tells local time, whose zone it does not know. */
const firstDay = new Date(1980, 0, 1);

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

/** So many characters a cell holds at most. */
const mostOfCell = 32_767;

/** A text as a cell holds it. What a cell cannot hold is not left out in silence: its end says how much, and where it stands. */
export function cellText(given: string): string {
  const text = shownText(given);
  if (text.length <= mostOfCell) return text;
  const told = text.slice(0, mostOfCell - 200).toWellFormed();
  const left = swedishNumber(String(text.length - told.length));
  return `${told}… [${left} tecken till ryms inte i en cell: hela texten står i CSV-filen och i ögonblicksbilden]`;
}

const cell = (text: string) => ({
  value: cellText(text),
  type: String,
  wrap: true,
  alignVertical: 'top' as const,
});
