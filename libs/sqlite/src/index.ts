export { answering } from './answering.js';
export { isBusy } from './busy.js';
export { openSqlite } from './open-sqlite.js';
export type { SqliteFile } from './open-sqlite.js';
export { NewerLayout } from './newer-layout.js';
export { Statements } from './statements.js';
