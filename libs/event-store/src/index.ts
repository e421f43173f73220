export { appendSize, maxAppendBytes, requireSize } from './append-size.js';
export { AheadOfLog } from './ahead-of-log.js';
export { ConnectionChanged } from './connection-changed.js';
export { copyLog } from './copy-log.js';
export type { CopiedLog, CopyOptions } from './copy-log.js';
export { EventTooLarge } from './event-too-large.js';
export { cursorOf } from './log-cursor.js';
export type { LogCursor, NotedPlace, PlaceStanding } from './log-cursor.js';
export type { ForeignEvent } from './own-events.js';
export { Revisions } from './revisions.js';
export type {
  AppendOptions,
  AppendResult,
  EventStore,
  ExpectedRevision,
  ReadAllOptions,
  ReadStreamOptions,
  SubscribeOptions,
} from './event-store.port.js';
export { bytesOfEvent, isLastPage, maxPageBytes } from './page-room.js';
export { pagesOfStream } from './pages-of-stream.js';
