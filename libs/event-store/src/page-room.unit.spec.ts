import { describe, expect, it } from '@jest/globals';
import type { StoredEvent } from '#kernel';
import { bytesOfEvent, isLastPage, maxPageBytes, PageRoom } from './page-room.js';

const eventOf = (characters: number): StoredEvent =>
  ({ data: { text: 'x'.repeat(characters) } }) as unknown as StoredEvent;

describe('A page', () => {
  it('takes events until they fill it, and never fewer than two', () => {
    const large = eventOf(maxPageBytes);
    const room = new PageRoom();
    expect([room.take(large), room.take(eventOf(1))]).toEqual([false, true]);
    const others = new PageRoom();
    const one = eventOf(1_000);
    let taken = 1;
    while (!others.take(one)) taken++;
    expect(taken).toBe(Math.ceil(maxPageBytes / bytesOfEvent(one)));
  });

  it('is the last one where it is shorter than was asked for though it had room', () => {
    expect(isLastPage([], 10)).toBe(true);
    expect(isLastPage([eventOf(1), eventOf(1)], 3)).toBe(true);
    expect(isLastPage([eventOf(1), eventOf(1)], 2)).toBe(false);
    expect(isLastPage([eventOf(1), eventOf(maxPageBytes)], 3)).toBe(false);
  });
});
