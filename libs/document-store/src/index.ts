export type {
  Condition,
  Document,
  DocumentStore,
  Filter,
  FindOptions,
  GuardedWrite,
  IndexDefinition,
} from './document-store.port.js';
