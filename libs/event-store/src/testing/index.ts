export { dyingAt } from './dying-log.js';
export type { DyingMoment } from './dying-log.js';
export { anEvent, describeEventStore } from './event-store.features.js';
export type { LogUnderTest } from './event-store.features.js';
export { copyOfLogFile, removeLogFile, replaceLogFile } from './log-files.js';
export { describeMeddledLog } from './meddled-log.features.js';
export type { MeddledLog, Meddling } from './meddled-log.features.js';
export { meddleWithFile } from '../sqlite/testing/meddling.js';
