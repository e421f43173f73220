import type Database from 'libsql';

/** The statements of a database, each prepared once. They are few: what differs from one use to the next is given to them. */
export class Statements {
  readonly #prepared = new Map<string, Database.Statement>();

  /** @param asLists whether a row is the list of its columns, rather than an object that names them */
  constructor(
    private readonly database: Database.Database,
    private readonly asLists = false,
  ) {}

  of(sql: string): Database.Statement {
    let statement = this.#prepared.get(sql);
    if (!statement) {
      statement = this.database.prepare(sql);
      if (this.asLists && statement.reader) statement.raw();
      this.#prepared.set(sql, statement);
    }
    return statement;
  }

  /** Forgets them all, because tables have changed. */
  clear(): void {
    this.#prepared.clear();
  }
}
