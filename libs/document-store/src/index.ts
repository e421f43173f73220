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
