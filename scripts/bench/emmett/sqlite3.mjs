// What Emmett asks of the package `sqlite3`, by the driver that Spårbar uses: the package comes without a built driver
// where its makers' server cannot be reached, and takes minutes to compile. So both sides are measured on one SQLite.
import Driver from 'libsql';

class Database {
  #database;
  #statements = new Map();

  constructor(file) {
    this.#database = new Driver(file);
  }

  run(sql, ...given) {
    const { parameters, tell } = split(given);
    this.#do(tell, () => {
      const { changes, lastInsertRowid } = this.#statement(sql).run(...parameters);
      process.nextTick(() => tell.call({ changes, lastID: Number(lastInsertRowid) }, null));
    });
  }

  all(sql, ...given) {
    const { parameters, tell } = split(given);
    this.#do(tell, () => {
      const rows = this.#statement(sql).all(...parameters);
      process.nextTick(() => tell(null, rows));
    });
  }

  get(sql, ...given) {
    const { parameters, tell } = split(given);
    this.#do(tell, () => {
      const row = this.#statement(sql).get(...parameters);
      process.nextTick(() => tell(null, row));
    });
  }

  close() {
    this.#statements.clear();
    this.#database.close();
  }

  #do(tell, work) {
    try {
      work();
    } catch (error) {
      process.nextTick(() => tell.call(this, error));
    }
  }

  #statement(sql) {
    const known = this.#statements.get(sql) ?? prepared(this.#database, sql);
    this.#statements.set(sql, known);
    return known;
  }
}

function prepared(database, sql) {
  // A pragma answers with rows, and may not be run as what changes something.
  if (/^\s*PRAGMA/i.test(sql)) return { run: () => (database.exec(sql), { changes: 0, lastInsertRowid: 0 }) };
  return database.prepare(sql);
}

function split(given) {
  const tell = typeof given.at(-1) === 'function' ? given.at(-1) : () => {};
  return { tell, parameters: Array.isArray(given[0]) ? given[0].map(bindable) : [] };
}

/** As that package binds: what is no value of SQLite as a text. */
function bindable(value) {
  if (value === undefined || value === null) return null;
  if (typeof value === 'boolean') return Number(value);
  return typeof value === 'object' ? String(value) : value;
}

export default { Database, OPEN_URI: 0, OPEN_READWRITE: 0, OPEN_CREATE: 0 };
