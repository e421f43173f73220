import type Database from 'libsql';
import AsyncDatabase from 'libsql/promise';

/**
 * Executes SQL on a connection in a thread of the library's own, so that this one goes on while the disk writes. Nothing
 * else may use the connection until it has been answered.
 *
 * Both faces of the library stand on the same native connection, which is what this rests on.
 */
export const execInBackground = (connection: Database.Database, sql: string): Promise<void> =>
  (AsyncDatabase.prototype as { exec(sql: string): Promise<void> }).exec.call(connection as never, sql);
