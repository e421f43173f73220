import type { Document } from '../document-store.port.js';
import type { ListIndex } from './list-index.js';

/** What a row of `indexed_fields` says. */
export interface IndexedField {
  readonly field: string;
  /** The column that it stands in; null where it stands in the body alone. */
  readonly own: string | null;
}

/** The fields by which the documents of a collection are found and sorted, and how SQL speaks of them. */
export class IndexedFields {
  readonly #columns: ReadonlyMap<string, string>;
  /** The paths of the fields that stand in columns of their own, and of lists. */
  readonly #paths: readonly (readonly string[])[];
  readonly #listPaths: readonly (readonly string[])[];
  /** Those columns, in the order of `valuesIn`. */
  readonly own: readonly string[];

  constructor(
    fields: readonly IndexedField[],
    /** The lists by whose elements documents are found. */
    readonly lists: readonly ListIndex[] = [],
  ) {
    const beside = fields.filter(({ own }) => own !== null);
    const listed = [...new Set(lists.map(({ list }) => list))];
    this.own = [...beside.map(({ own }) => own!), ...listed.map(columnOfList)];
    this.#paths = beside.map(({ field }) => field.split('.'));
    this.#listPaths = listed.map((list) => list.split('.'));
    this.#columns = new Map([['_id', 'id'], ...fields.map(({ field, own }) => [field, own ?? inBody(field)] as const)]);
  }

  has(field: string): boolean {
    return this.#columns.has(field);
  }

  /**
   * How SQL speaks of an indexed field, in a statement and in the index that is used for it.
   * @param row the name by which the statement calls the row
   */
  column(field: string, row?: string): string {
    const column = this.#columns.get(field)!;
    if (row === undefined) return column;
    return column.startsWith('json_extract') ? inBody(field, row) : `${row}.${column}`;
  }

  /** What a document says in the fields that stand in columns of their own: of a list, all its elements as JSON. */
  valuesIn(document: Document): (string | number | null)[] {
    return [
      ...this.#paths.map((path) => scalarOf(valueAt(document, path))),
      ...this.#listPaths.map((path) => elementsAt(document, path)),
    ];
  }
}

function valueAt(document: Document, path: readonly string[]): unknown {
  let value: unknown = document;
  for (const name of path) value = (value as Record<string, unknown> | null | undefined)?.[name];
  return value;
}

const scalarOf = (value: unknown): string | number | null =>
  typeof value === 'string' || typeof value === 'number' ? value : null;

/** The elements of a list, or of each list that objects in a list hold, as JSON; null where there are none. */
function elementsAt(document: Document, path: readonly string[]): string | null {
  let values: unknown[] = [document];
  for (const name of path) {
    values = values.flatMap((value) => (value as Record<string, unknown> | null | undefined)?.[name]);
  }
  const elements = values.filter((value) => scalarOf(value) !== null);
  return elements.length === 0 ? null : JSON.stringify(elements);
}

/** What a document says of a list, as the list's column says it. */
export const elementsOf = (document: Document, list: string): string | null => elementsAt(document, list.split('.'));

/** The column in which a list stands. */
export const columnOfList = (list: string): string => `"[].${pathOf(list)}"`;

/** How SQL speaks of a field that stands in the body. @throws TypeError where it is no path of a field */
export function inBody(field: string, row?: string): string {
  return `json_extract(${row === undefined ? 'body' : `${row}.body`}, '$.${pathOf(field)}')`;
}

/** @throws TypeError where it is no path of a field */
function pathOf(field: string): string {
  if (!/^[A-Za-z0-9]+(\.[A-Za-z0-9]+)*$/.test(field)) throw new TypeError(`${field} is no path of a field`);
  return field;
}
