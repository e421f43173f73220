export { faultOfKurrentUrl, warningsOfKurrentUrl } from './connection-string.js';
export { openKurrentEventStore } from './kurrent-event-store.js';
export type { KurrentOptions } from './kurrent-event-store.js';
export type { LogUsers, StreamLimits } from './administering/least-rights.js';
export { LogAdministrator, logRights } from './administering/log-administrator.js';
export type { AccessCheck, LogRight, SecuredSetting, StreamsCheck } from './administering/log-administrator.js';
export { checkKurrent, rightsInWords } from './administering/check-kurrent.js';
