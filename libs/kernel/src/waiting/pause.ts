import { WakeUp } from './wake-up.js';

/** Resolves after so many milliseconds, or when the signal aborts. */
export const pause = (milliseconds: number, signal?: AbortSignal): Promise<void> =>
  new WakeUp().wait(milliseconds, signal);
