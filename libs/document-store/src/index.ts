export { DocumentRefused } from './document-refused.js';
export { withRegex } from './including.js';
export type {
  Condition,
  Document,
  DocumentStore,
  Filter,
  FindOptions,
  GuardedWrite,
  IndexDefinition,
  Stored,
} from './document-store.port.js';
