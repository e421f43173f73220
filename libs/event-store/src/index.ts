export { AheadOfLog } from './ahead-of-log.js';
export { copyLog } from './copy-log.js';
export type { CopiedLog, CopyOptions } from './copy-log.js';
export type {
  AppendResult,
  EventStore,
  ExpectedRevision,
  ReadAllOptions,
  ReadStreamOptions,
  SubscribeOptions,
} from './event-store.port.js';
