import type Database from 'libsql';
import { StoreUnavailable } from '#kernel';
import { answering, openSqlite, Statements } from '#sqlite';
import { checkedName } from '../collection-name.js';
import type {
  Document,
  DocumentStore,
  Filter,
  FindOptions,
  GuardedWrite,
  IndexDefinition,
  Stored,
} from '../document-store.port.js';
import { checkPlainJson } from '../plain-json.js';
import { columnOfList, elementsOf, inBody, IndexedFields } from './indexed-fields.js';
import type { IndexedField } from './indexed-fields.js';
import { keepingElements, ListIndex } from './list-index.js';
import { pushDown } from './pushdown.js';
import { queryOf } from './query-of.js';

/** The layouts of the documents, each from the one before it. Their collections are made as they are written to. */
const layouts: readonly string[] = [
  'CREATE TABLE IF NOT EXISTS indexed_fields (collection TEXT, field TEXT, PRIMARY KEY (collection, field))',
  // Where an indexed field stands beside the body; nowhere in collections that were indexed before.
  'ALTER TABLE indexed_fields ADD COLUMN own_column TEXT',
  // The lists by whose elements documents are found, with the fields of the index as JSON.
  'CREATE TABLE list_indexes (collection TEXT, fields TEXT, list TEXT, PRIMARY KEY (collection, fields))',
];
const store = 'document store';
const busyMilliseconds = 5_000;

type Row = [id: string, body: string, position: string];

/** What is known of a collection that exists. */
interface Collection {
  readonly table: string;
  readonly indexed: IndexedFields;
  readonly write: Database.Statement;
  readonly get: Database.Statement;
  /** Given a list of ids as JSON. */
  readonly getMany: Database.Statement;
}

/**
 * Opens the documents in a file, which is made where it is missing. Several processes may have it open.
 * @throws StoreUnavailable where the file cannot be opened; NewerLayout
 */
export function openSqliteDocumentStore(file: string): DocumentStore {
  return new SqliteDocumentStore(file);
}

/** A table for each collection, a row for each document. SQL finds by indexed fields, mingo decides the rest. */
class SqliteDocumentStore implements DocumentStore {
  readonly #database: Database.Database;
  /** Asks which tables there are, by a number that changes with them, whoever changes them. */
  readonly #version: Database.Statement;
  readonly #collections = new Map<string, Collection>();
  readonly #statements: Statements;
  #schemaVersion = -1;

  constructor(file: string) {
    // Documents and checkpoints are written to one journal in order: a crash may take the newest of them, never a
    // document without the checkpoint that follows it. What is lost is made again from the log.
    this.#database = openSqlite(file, { store, layouts, synchronous: 'NORMAL', busyMilliseconds });
    this.#statements = new Statements(this.#database, true);
    this.#version = this.#database.prepare('PRAGMA schema_version').raw();
  }

  async get<D extends Document>(collection: string, id: string): Promise<Stored<D> | undefined> {
    return answering(store, () => {
      const row = this.#known(collection)?.get.get(id) as Row | undefined;
      return row && documentOf<D>(row);
    });
  }

  async getMany<D extends Document>(collection: string, ids: readonly string[]): Promise<Stored<D>[]> {
    return answering(store, () => {
      const known = this.#known(collection);
      if (!known) return [];
      return (known.getMany.all(JSON.stringify(ids)) as Row[]).map(documentOf<D>);
    });
  }

  async find<D extends Document>(
    collection: string,
    filter: Filter,
    { limit, skip = 0, sort }: FindOptions = {},
  ): Promise<Stored<D>[]> {
    return answering(store, () => {
      const known = this.#known(collection);
      if (!known) return [];
      const pushed = pushDown(filter, known, sort);
      if (pushed.complete && pushed.sorted) {
        const isWhole = limit === undefined && skip === 0;
        return isWhole
          ? this.#rows<D>(pushed.all, pushed.parameters)
          : this.#rows<D>(pushed.page, [...pushed.parameters, limit ?? -1, skip]);
      }
      const cursor = queryOf(filter)
        .find<Stored<D>>(this.#rows<D>(pushed.candidates, pushed.parameters))
        .sort(sort && '_id' in sort ? sort : { ...sort, _id: 1 })
        .skip(skip);
      return (limit === undefined ? cursor : cursor.limit(limit)).all();
    });
  }

  async count(collection: string, filter: Filter): Promise<number> {
    return answering(store, () => {
      const known = this.#known(collection);
      if (!known) return 0;
      const { candidates, complete, count, parameters } = pushDown(filter, known);
      if (complete) return (this.#statements.of(count).get(...parameters) as [number])[0];
      return queryOf(filter).find(this.#rows(candidates, parameters)).all().length;
    });
  }

  async replaceMany(collection: string, writes: readonly GuardedWrite[]): Promise<number> {
    for (const { document } of writes) checkPlainJson(collection, document);
    return this.#inTransaction(() => {
      const { indexed, write } = this.#make(collection);
      let written = 0;
      for (const { document, position } of writes) {
        written += write.run(document._id, bodyOf(document), position, ...indexed.valuesIn(document)).changes;
      }
      return written;
    });
  }

  async compareAndSet(
    collection: string,
    document: Document & { readonly version: number },
    expected: number | undefined,
  ): Promise<boolean> {
    checkPlainJson(collection, document);
    return this.#inTransaction(() => {
      const { indexed, table } = this.#make(collection);
      const { own } = indexed;
      const statement =
        expected === undefined
          ? `INSERT INTO ${table} (${['body', ...own, 'position', 'id'].join(', ')})
             VALUES (?, ${own.map(() => '?, ').join('')}'', ?) ON CONFLICT DO NOTHING`
          : `UPDATE ${table} SET ${['body', ...own].map((column) => `${column} = ?`).join(', ')}
             WHERE id = ? AND json_extract(body, '$.version') = ?`;
      const values = [bodyOf(document), ...indexed.valuesIn(document), document._id];
      const seen = expected === undefined ? [] : [expected];
      return this.#statements.of(statement).run(...values, ...seen).changes === 1;
    });
  }

  async ensureIndexes(collection: string, indexes: readonly IndexDefinition[]): Promise<void> {
    this.#inTransaction(() => {
      const { table } = this.#make(collection);
      for (const { fields, list } of indexes) {
        for (const field of fields) if (field !== list) this.#keepBeside(collection, field);
        if (list !== undefined) {
          this.#keepElements(new ListIndex(collection, fields, list));
          continue;
        }
        const { indexed } = this.#make(collection);
        const name = quoted(`${collection}:${fields.join('+')}`);
        const [first] = fields as [string, ...string[]];
        // What lacks the first field is found by no comparison with it, and need not be looked after.
        const present = `${indexed.column(first)} IS NOT NULL`;
        const columns = fields.map((field) => indexed.column(field)).join(', ');
        this.#database.exec(`CREATE INDEX IF NOT EXISTS ${name} ON ${table} (${columns}) WHERE ${present}`);
        this.#forget();
      }
    });
  }

  /** Lets a field that is indexed stand beside the body, so that its body need not be looked into. */
  #keepBeside(collection: string, field: string): void {
    const { indexed, table } = this.#make(collection);
    if (indexed.has(field)) return;
    const [own, said] = [quoted(`$.${field}`), inBody(field)];
    this.#database.exec(`ALTER TABLE ${table} ADD COLUMN ${own}`);
    this.#database.exec(`UPDATE ${table} SET ${own} = ${said}`);
    this.#database.prepare('INSERT INTO indexed_fields VALUES (?, ?, ?)').run(collection, field, own);
    this.#forget();
  }

  /** Lets each element of a list stand in a row of its own, for the documents to be found by. */
  #keepElements(index: ListIndex): void {
    const { collection, fields, list } = index;
    const { indexed, table } = this.#make(collection);
    if (indexed.lists.some((known) => known.table === index.table)) return;
    const own = columnOfList(list);
    if (!indexed.own.includes(own)) {
      this.#database.exec(`ALTER TABLE ${table} ADD COLUMN ${own}`);
      const said = this.#database.prepare(`UPDATE ${table} SET ${own} = ? WHERE id = ?`);
      for (const document of this.#each(table)) said.run(elementsOf(document, list), document._id);
    }
    const column = (field: string, row: string) => (field === list ? `${row}.${own}` : indexed.column(field, row));
    for (const statement of keepingElements(index, table, column)) this.#database.exec(statement);
    this.#database.prepare('INSERT INTO list_indexes VALUES (?, ?, ?)').run(collection, JSON.stringify(fields), list);
    this.#forget();
  }

  /** All documents of a table, some at a time. */
  *#each(table: string): Iterable<Document> {
    const next = this.#database
      .prepare(`SELECT id, body, position FROM ${table} WHERE id > ? ORDER BY id LIMIT 500`)
      .raw();
    for (let last = ''; ;) {
      const rows = next.all(last) as Row[];
      if (rows.length === 0) return;
      for (const row of rows) yield documentOf(row);
      last = rows.at(-1)![0];
    }
  }

  async drop(collection: string): Promise<void> {
    this.#inTransaction(() => {
      this.#forget();
      const lists = this.#listsOf(collection);
      for (const table of [tableOf(collection), ...lists.map(({ table }) => table)]) {
        this.#database.exec(`DROP TABLE IF EXISTS ${table}`);
      }
      for (const known of ['indexed_fields', 'list_indexes']) {
        this.#database.prepare(`DELETE FROM ${known} WHERE collection = ?`).run(collection);
      }
    });
  }

  async collections(): Promise<string[]> {
    return answering(store, () => {
      const rows = this.#database
        .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE 'c:%' ORDER BY name")
        .all() as { name: string }[];
      return rows.map(({ name }) => name.slice(2));
    });
  }

  async close(): Promise<void> {
    this.#database.close();
  }

  #rows<D extends Document>(sql: string, parameters: readonly (string | number)[]): Stored<D>[] {
    return (this.#statements.of(sql).all(...parameters) as Row[]).map(documentOf<D>);
  }

  /** A collection that exists, or undefined. Another process may have made, indexed or dropped it since. */
  #known(name: string): Collection | undefined {
    // Statements that are prepared know nothing of it.
    if (!this.#database.open) throw new StoreUnavailable(store, new Error('The store is closed'));
    const [version] = this.#version.get() as [number];
    if (version !== this.#schemaVersion) this.#forget();
    this.#schemaVersion = version;
    const known = this.#collections.get(name);
    if (known) return known;
    const exists = this.#database
      .prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?")
      .get(`c:${checkedName(name)}`);
    if (!exists) return undefined;
    const table = tableOf(name);
    const fields = this.#database
      .prepare('SELECT field, own_column AS own FROM indexed_fields WHERE collection = ?')
      .all(name) as IndexedField[];
    const indexed = new IndexedFields(fields, this.#listsOf(name));
    const columns = ['body', 'position', ...indexed.own];
    const collection: Collection = {
      table,
      indexed,
      get: this.#database.prepare(`SELECT id, body, position FROM ${table} WHERE id = ?`).raw(),
      getMany: this.#database
        .prepare(`SELECT id, body, position FROM ${table} WHERE id IN (SELECT value FROM json_each(?))`)
        .raw(),
      write: this.#database.prepare(`
        INSERT INTO ${table} (id, ${columns.join(', ')}) VALUES (?, ${columns.map(() => '?').join(', ')})
        ON CONFLICT (id) DO UPDATE SET ${columns.map((column) => `${column} = excluded.${column}`).join(', ')}
        WHERE excluded.position > position`),
    };
    this.#collections.set(name, collection);
    return collection;
  }

  #listsOf(collection: string): ListIndex[] {
    const rows = this.#database.prepare('SELECT fields, list FROM list_indexes WHERE collection = ?').all(collection);
    return (rows as { fields: string; list: string }[]).map(
      ({ fields, list }) => new ListIndex(collection, JSON.parse(fields) as string[], list),
    );
  }

  #make(name: string): Collection {
    const known = this.#known(name);
    if (known) return known;
    this.#database.exec(
      `CREATE TABLE IF NOT EXISTS ${tableOf(name)} (id TEXT PRIMARY KEY, body TEXT NOT NULL, position TEXT NOT NULL)`,
    );
    return this.#known(name)!;
  }

  #forget(): void {
    this.#collections.clear();
    this.#statements.clear();
  }

  #inTransaction<Answer>(work: () => Answer): Answer {
    return answering(store, () => {
      this.#database.exec('BEGIN IMMEDIATE');
      try {
        const answer = work();
        this.#database.exec('COMMIT');
        return answer;
      } catch (error) {
        if (this.#database.inTransaction) this.#database.exec('ROLLBACK');
        this.#forget();
        throw error;
      }
    });
  }
}

function documentOf<D extends Document>([, body, position]: Row): Stored<D> {
  const document = JSON.parse(body) as D & { _position: string };
  document._position = position;
  return document;
}

/** The document as it is kept: the store's own fields are columns. */
function bodyOf(document: Document & { readonly _position?: string }): string {
  if (document._position === undefined) return JSON.stringify(document);
  const { _position, ...body } = document;
  return JSON.stringify(body);
}

const tableOf = (collection: string): string => quoted(`c:${checkedName(collection)}`);

const quoted = (name: string): string => `"${name}"`;
