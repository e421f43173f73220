export { openMongoDocumentStore } from './mongo-document-store.js';
export type { MongoDocumentStoreOptions } from './mongo-document-store.js';
export { faultOfMongoUrl } from './mongo-url.js';
