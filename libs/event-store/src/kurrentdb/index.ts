export { faultOfKurrentUrl, warningsOfKurrentUrl } from './connection-string.js';
export { openKurrentEventStore } from './kurrent-event-store.js';
export type { KurrentOptions } from './kurrent-event-store.js';
