export { openJobs } from './jobs.js';
export { openEventStore, openStores } from './stores.js';
export type { Stores } from './stores.js';
export { faultOfDocumentStoreUrl, faultOfEventStoreUrl, faultOfJobsUrl } from './urls.js';
