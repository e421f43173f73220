export { openSqliteEventStore } from './sqlite-event-store.js';
export type { SqliteOptions } from './sqlite-event-store.js';
