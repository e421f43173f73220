import type { Snapshot } from '../format/snapshot.js';
import { indicatorTable } from './indicators.table.js';
import { coverageTable, itemTable, metadataTable } from './rows.js';
import type { Origin } from './sections/origin.section.js';
import type { Table } from './table.js';
import { workbookCell } from './workbook-cell.js';

/** The widths of the columns of each sheet, in characters. */
const widths = {
  items: [12, 10, 48, 18, 28, 28, 24, 16, 30, 60, 40, 36, 26, 17, 30, 36, 60, 40, 40, 60, 20, 30, 40, 48, 48],
  indicators: [
    48, 12, 16, 30, 28, 10, 14, 14, 14, 18, 18, 40, 20, 20, 20, 12, 12, 17, 12, 12, 28, 10, 26, 26, 12, 40, 48, 14, 14,
    14, 60, 14, 48, 40, 40, 40,
  ],
  coverage: [36, 18, 30, 12, 12, 80, 14, 80, 40],
  metadata: [36, 80],
};

/** A snapshot as a workbook, whose cells are of the type of what they hold; nothing is taken for a formula. */
export async function reportWorkbook(snapshot: Snapshot, origin: Origin): Promise<Buffer> {
  const sheets = [
    ...sheetsOf('Status', itemTable(snapshot), widths.items, { whole: inCsvToo }),
    ...sheetsOf('Indikatorer', indicatorTable(snapshot), widths.indicators, { whole: inCsvToo }),
    ...sheetsOf('Täckning', coverageTable(snapshot), widths.coverage),
    ...sheetsOf('Metadata', metadataTable(snapshot, origin), widths.metadata),
  ];
  // Loaded by the first who wants a workbook: few do.
  const [{ default: writeExcelFile }, { unzipSync, zipSync }] = await Promise.all([
    import('write-excel-file/node'),
    import('fflate'),
  ]);
  // Packed again with one time for all of its files, so that what is the same has the same bytes.
  return Buffer.from(zipSync(unzipSync(await writeExcelFile(sheets).toBuffer()), { mtime: firstDay }));
}

/** Where stands whole what a cell cannot hold: not every table is a CSV file too. */
const inSnapshot = 'ögonblicksbilden';
const inCsvToo = `CSV-filen och i ${inSnapshot}`;

/** The first that a ZIP file can tell (APPNOTE 4.4.6); it tells local time, whose zone it does not know. */
const firstDay = new Date(1980, 0, 1);

/** So many rows a sheet holds at most, its head among them. */
const mostRows = 1_048_576;

/** A table as a sheet, and as further ones where it has more rows than a sheet can hold. */
export function sheetsOf(
  name: string,
  { head, rows }: Table,
  columns: readonly number[],
  { most = mostRows, whole = inSnapshot }: { readonly most?: number; readonly whole?: string } = {},
) {
  const each = most - 1;
  const parts = Math.max(1, Math.ceil(rows.length / each));
  return Array.from({ length: parts }, (_, part) => ({
    sheet: part === 0 ? name : `${name} ${part + 1}`,
    stickyRowsCount: 1,
    columns: columns.map((width) => ({ width })),
    data: [
      head.map((value) => ({ value, type: String, fontWeight: 'bold' as const, wrap: true })),
      ...rows.slice(part * each, (part + 1) * each).map((row) => row.map((cell) => workbookCell(cell, whole))),
    ],
  }));
}
