import type { Document } from '../document-store.port.js';

/** What a row of `indexed_fields` says. */
export interface IndexedField {
  readonly field: string;
  /** The column that it stands in; null where it stands in the body alone. */
  readonly own: string | null;
}

/** The fields by which the documents of a collection are found and sorted, and how SQL speaks of them. */
export class IndexedFields {
  readonly #columns: ReadonlyMap<string, string>;
  /** The paths of the fields that stand in columns of their own. */
  readonly #paths: readonly (readonly string[])[];
  /** Those columns, in the order of `valuesIn`. */
  readonly own: readonly string[];

  constructor(fields: readonly IndexedField[]) {
    const beside = fields.filter(({ own }) => own !== null);
    this.own = beside.map(({ own }) => own!);
    this.#paths = beside.map(({ field }) => field.split('.'));
    this.#columns = new Map([['_id', 'id'], ...fields.map(({ field, own }) => [field, own ?? inBody(field)] as const)]);
  }

  has(field: string): boolean {
    return this.#columns.has(field);
  }

  /** How SQL speaks of an indexed field, in a statement and in the index that is used for it. */
  column(field: string): string {
    return this.#columns.get(field)!;
  }

  /** What a document says in the fields that stand in columns of their own. */
  valuesIn(document: Document): (string | number | null)[] {
    return this.#paths.map((path) => {
      let value: unknown = document;
      for (const name of path) value = (value as Record<string, unknown> | null | undefined)?.[name];
      return typeof value === 'string' || typeof value === 'number' ? value : null;
    });
  }
}

/** How SQL speaks of a field that stands in the body. @throws TypeError where it is no path of a field */
export function inBody(field: string): string {
  if (!/^[A-Za-z0-9]+(\.[A-Za-z0-9]+)*$/.test(field)) throw new TypeError(`${field} is no path of a field`);
  return `json_extract(body, '$.${field}')`;
}
