export { checkMongo } from './check-mongo.js';
export type { MongoCheck } from './check-mongo.js';
export { openMongoDocumentStore } from './mongo-document-store.js';
export type { MongoDocumentStoreOptions } from './mongo-document-store.js';
export { faultOfMongoUrl } from './mongo-url.js';
