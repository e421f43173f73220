export { describeDocumentStore } from './document-store.features.js';
export type { StoreUnderTest } from './document-store.features.js';
