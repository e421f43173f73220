export { openSqliteDocumentStore } from './sqlite-document-store.js';
