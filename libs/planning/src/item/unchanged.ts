import { sameWhenStored } from '#kernel';
import type { Dated } from '#kernel';
import type { Lifecycle } from './item.js';

/**
 * Whether a value that is to hold from a day does so already. A late record that tells that it held earlier than was
 * known says something new, though the value is the one that holds now.
 */
export const unchanged = <Value>(current: Dated<Value>, next: Value, day: string): boolean =>
  current.since <= day && sameWhenStored(current.value, next);

/** Whether an item has come to its place in life on a day already, with the same remarks. */
export const turnsAgain = (current: Dated<Lifecycle>, next: Lifecycle, day: string): boolean =>
  current.since === day && sameWhenStored(current.value, next);
