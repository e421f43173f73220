export { anEvent, describeEventStore } from './event-store.features.js';
export type { LogUnderTest } from './event-store.features.js';
export { copyOfLogFile, removeLogFile, replaceLogFile } from './log-files.js';
