import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DeadlinePassed } from '#kernel';
import { take } from './taking.js';

const itself = (item: number): number => item;

async function* numbers(...pauses: readonly number[]): AsyncGenerator<number, void, undefined> {
  for (const [index, pause] of pauses.entries()) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    yield index;
  }
}

describe('Taking what comes', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  /** What has become of it after so many milliseconds. */
  async function after(milliseconds: number, taken: Promise<number[]>): Promise<unknown> {
    let outcome: unknown = 'nothing yet';
    taken.then(
      (made) => (outcome = made),
      (error: unknown) => (outcome = error),
    );
    await jest.advanceTimersByTimeAsync(milliseconds);
    return outcome;
  }

  it('waits as long as it was told, and no longer, where nothing comes', async () => {
    expect(await after(199, take(numbers(2_000), 1, { milliseconds: 200 }, itself))).toBe('nothing yet');
    expect(await after(200, take(numbers(2_000), 1, { milliseconds: 200 }, itself))).toBeInstanceOf(DeadlinePassed);
  });

  it('waits less than twice as long where it stops on the way', async () => {
    expect(await after(220, take(numbers(10, 10, 2_000), 9, { milliseconds: 200 }, itself))).toBe('nothing yet');
    expect(await after(400, take(numbers(10, 10, 2_000), 9, { milliseconds: 200 }, itself))).toBeInstanceOf(
      DeadlinePassed,
    );
  });

  it('waits on for what is silent as long as there are signs of life, and soon no longer where they end', async () => {
    let alive = true;
    const signOfLife = () => (alive ? Promise.resolve() : new Promise(() => {}));
    const taken = take(numbers(5_000), 9, { milliseconds: 200, signOfLife }, itself);
    expect(await after(1_000, taken)).toBe('nothing yet');
    alive = false;
    expect(await after(200, taken)).toBeInstanceOf(DeadlinePassed);
  });

  it('waits for what is silent for ever only so long, whatever signs of life there are', async () => {
    const taken = take(numbers(100_000), 9, { milliseconds: 200, signOfLife: async () => undefined }, itself);
    expect(await after(2_400, taken)).toBe('nothing yet');
    expect(await after(100, taken)).toBeInstanceOf(DeadlinePassed);
  });

  it('takes its time where something comes now and then', async () => {
    expect(await after(400, take(numbers(100, 100, 100, 100), 9, { milliseconds: 150 }, itself))).toEqual([0, 1, 2, 3]);
  });
});
