/** What a row of `list_indexes` says of the elements of a list by which documents are found. */
export class ListIndex {
  /** The table that has a row for each element of each document, with the other fields of the index beside it. */
  readonly table: string;
  /** What its rows hold: its fields, and the document's id. */
  readonly held: readonly string[];
  /** Those that a question compares with one value each, for the index to serve it. */
  readonly before: readonly string[];

  constructor(
    readonly collection: string,
    readonly fields: readonly string[],
    readonly list: string,
  ) {
    this.table = `"l:${collection}:${fields.join('+')}"`;
    this.held = [...new Set([...fields, '_id'])];
    this.before = fields.slice(0, fields.indexOf(list));
  }

  has(field: string): boolean {
    return this.held.includes(field);
  }

  /** How SQL speaks of a field in a row of the table. */
  column(field: string, row: string): string {
    return `${row}.${columnOf(field)}`;
  }
}

const columnOf = (field: string): string => (field === '_id' ? 'id' : `"$.${field}"`);

/**
 * The statements that make the table of a list, fill it, and let it follow the documents by itself.
 * @param documents the table of the documents
 * @param column how a row of theirs says a field of the index, the elements of the list as JSON
 */
export function keepingElements(
  index: ListIndex,
  documents: string,
  column: (field: string, row: string) => string,
): string[] {
  const { held, list, table } = index;
  const columns = held.map(columnOf).join(', ');
  const named = (kind: string) => `"${kind}${table.slice(2)}`;
  const has = (row: string) => `${column(held[0]!, row)} IS NOT NULL AND ${column(list, row)} IS NOT NULL`;
  const each = (row: string) => `json_each(${column(list, row)}) AS element`;
  const insert = (row: string) =>
    `INSERT INTO ${table} (${columns})
     SELECT DISTINCT ${held.map((field) => (field === list ? 'element.value' : column(field, row))).join(', ')}`;
  const stood = held.map((field) =>
    field === list
      ? `${columnOf(list)} IN (SELECT value FROM ${each('OLD')})`
      : `${columnOf(field)} IS ${column(field, 'OLD')}`,
  );
  const changed = held.map((field) => `${column(field, 'OLD')} IS NOT ${column(field, 'NEW')}`);
  return [
    `CREATE TABLE ${table} (${columns})`,
    `CREATE INDEX ${named('li')} ON ${table} (${columns})`,
    `${insert('d')} FROM ${documents} AS d, ${each('d')} WHERE ${has('d')}`,
    `CREATE TRIGGER ${named('ln')} AFTER INSERT ON ${documents} WHEN ${has('NEW')} BEGIN
       ${insert('NEW')} FROM ${each('NEW')};
     END`,
    `CREATE TRIGGER ${named('lu')} AFTER UPDATE ON ${documents} WHEN ${changed.join(' OR ')} BEGIN
       DELETE FROM ${table} WHERE ${stood.join(' AND ')};
       ${insert('NEW')} FROM ${each('NEW')} WHERE ${has('NEW')};
     END`,
  ];
}
