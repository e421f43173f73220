import { unzipped } from './unzipped.js';

/** A cell as a spreadsheet reads it: a text, or a number with the format that it is shown in. Undefined where it is blank. */
export type ReadCell = string | { readonly number: number; readonly format: string } | undefined;

/** The rows of each sheet of a workbook by its name, as ECMA-376 has them read: escapes of characters among them. */
export function readWorkbook(workbook: Buffer): Map<string, ReadCell[][]> {
  const files = unzipped(workbook);
  const fileOf = (name: string): string => files.get(`xl/${name}.xml`)!;
  const names = [...fileOf('workbook').matchAll(/<sheet [^>]*name="([^"]*)"/g)].map(([, name]) => name!);
  const texts = [...fileOf('sharedStrings').matchAll(/<si><t[^>]*>([^<]*)<\/t><\/si>/g)].map(([, text]) => read(text!));
  const styles = fileOf('styles');
  const formats = new Map(
    [...styles.matchAll(/<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(([, id, code]) => [id!, code!]),
  );
  const looks = [.../<cellXfs[^]*<\/cellXfs>/.exec(styles)![0].matchAll(/<xf ([^>]*)>/g)].map(
    ([, look]) => formats.get(/numFmtId="(\d+)"/.exec(look!)?.[1] ?? '') ?? 'General',
  );
  const cellOf = (attributes: string, content = ''): ReadCell => {
    const value = /<v>([^<]*)<\/v>/.exec(content)?.[1];
    if (value === undefined) return undefined;
    if (attributes.includes('t="s"')) return texts[Number(value)];
    return { number: Number(value), format: looks[Number(/ s="(\d+)"/.exec(attributes)?.[1])] ?? 'General' };
  };
  const rowsOf = (sheet: string): ReadCell[][] =>
    [...sheet.matchAll(/<row [^>]*>([^]*?)<\/row>/g)].map(([, row]) =>
      [...row!.matchAll(/<c( [^>]*?)(?:\/>|>([^]*?)<\/c>)/g)].map(([, attributes, content]) =>
        cellOf(attributes!, content),
      ),
    );
  return new Map(names.map((name, index) => [name, rowsOf(fileOf(`worksheets/sheet${index + 1}`))]));
}

const read = (xml: string): string =>
  xml
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/_x([0-9A-F]{4})_/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));

/** The cells of a column under its head. */
export function columnOf(rows: readonly ReadCell[][], head: string): ReadCell[] {
  const place = rows[0]!.indexOf(head);
  if (place < 0) throw new Error(`No column ${head}`);
  return rows.slice(1).map((row) => row[place]);
}

/** What a number in a date format tells: ISO day, with minutes where it is no whole day. */
export function whenOf(cell: ReadCell): string | undefined {
  if (typeof cell !== 'object' || !cell.format.startsWith('yyyy-mm-dd')) return undefined;
  const told = new Date(Math.round((cell.number - 25_569) * 86_400) * 1000).toISOString();
  return cell.format === 'yyyy-mm-dd' ? told.slice(0, 10) : told.slice(0, 16).replace('T', ' ');
}
