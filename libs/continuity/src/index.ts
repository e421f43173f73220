export { guardedLog } from './guarded-log.js';
export type { Acceptance, Replacement } from './known-log.js';
export { LogAdmin } from './log-admin.js';
export type { LogStatus } from './log-admin.js';
export { logEvents } from './log.events.js';
export { inWords, LogWatch } from './log-watch.js';
export { watchedLog } from './watched-log.js';
export type { WatchedLog } from './watched-log.js';
