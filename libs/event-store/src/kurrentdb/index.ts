export { faultOfKurrentUrl, warningsOfKurrentUrl } from './connection-string.js';
export { openKurrentEventStore } from './kurrent-event-store.js';
export type { KurrentOptions } from './kurrent-event-store.js';
export type { LogUsers, StreamLimits } from './administering/least-rights.js';
export { LogAdministrator, logRights, neededRights } from './administering/log-administrator.js';
export type { LogCheck, LogRight, SecuredSetting } from './administering/log-administrator.js';
