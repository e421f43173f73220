import { getEventListeners } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Deadline } from './deadline.js';
import { pause } from './pause.js';
import { WakeUp } from './wake-up.js';
import { DeadlinePassed, endsWithin, within } from './within.js';

const never = new Promise<never>(() => {});

/** What has become of it after so many milliseconds of a clock that only this test moves. */
async function after(milliseconds: number, work: Promise<unknown>): Promise<unknown> {
  let outcome: unknown = 'nothing yet';
  work.then(
    (answer) => (outcome = answer),
    (error: unknown) => (outcome = error),
  );
  await jest.advanceTimersByTimeAsync(milliseconds);
  return outcome;
}

describe('What is waited for', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => {
    expect(jest.getTimerCount()).toBe(0);
    jest.useRealTimers();
  });

  it('comes within its time, fails with its own failure, or is given up', async () => {
    expect(await after(1, within(100, Promise.resolve(7)))).toBe(7);
    expect(await after(1, within(100, Promise.reject(new Error('no'))))).toEqual(new Error('no'));
    expect(await after(100, within(100, never))).toBeInstanceOf(DeadlinePassed);
    // What fails after it was given up is no unhandled failure.
    const late = pause(50).then(() => Promise.reject(new Error('late')));
    expect(await after(60, within(20, late))).toBeInstanceOf(DeadlinePassed);
  });

  it('has ended, well or badly, or has not', async () => {
    expect(await after(1, endsWithin(100, Promise.resolve(7)))).toBe(true);
    expect(await after(1, endsWithin(100, Promise.reject(new DeadlinePassed(1))))).toBe(true);
    expect(await after(100, endsWithin(100, never))).toBe(false);
  });

  it('passes by, after so many milliseconds or with a signal, on which nothing stays', async () => {
    const { signal } = new AbortController();
    expect(await after(9, pause(10))).toBe('nothing yet');
    expect(await after(10, pause(10, signal))).toBeUndefined();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
    expect(await after(0, pause(10, AbortSignal.abort()))).toBeUndefined();
    const controller = new AbortController();
    const broken = pause(10, controller.signal);
    controller.abort();
    expect(await after(0, broken)).toBeUndefined();
    await after(10, never);
  });

  it('is told to everybody who waits, once', async () => {
    const bell = new WakeUp();
    const woken: number[] = [];
    const waiting = [1, 2].map((one) => bell.wait(1_000).then(() => woken.push(one)));
    bell.wake();
    await Promise.all(waiting);
    expect(woken).toEqual([1, 2]);
    // Who comes after it waits for the next.
    expect(await after(999, bell.wait(1_000))).toBe('nothing yet');
    expect(await after(1_000, bell.wait(1_000))).toBeUndefined();
  });
});

describe('A deadline', () => {
  it('tells how much time is left, and never less than none', () => {
    jest.useFakeTimers();
    const deadline = new Deadline(100);
    jest.advanceTimersByTime(40);
    expect([deadline.left, deadline.hasPassed]).toEqual([60, false]);
    jest.advanceTimersByTime(70);
    expect([deadline.left, deadline.hasPassed]).toEqual([0, true]);
    jest.useRealTimers();
  });
});
