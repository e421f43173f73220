/** What an app's composition provides under these names: the log, and where the time comes from. */
export const EVENT_STORE = Symbol('event store');
export const CLOCK = Symbol('clock');
