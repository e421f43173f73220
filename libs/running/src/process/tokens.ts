/** What the environment says. */
export const SETTINGS = Symbol('settings');

/** Where the process tells how it fares. */
export const LOGGER = Symbol('logger');
