import { describe, expect, it } from '@jest/globals';
import { take } from './deadline.js';
import { DeadlinePassed } from './failures.js';

const itself = (item: number): number => item;

async function* numbers(...pauses: readonly number[]): AsyncGenerator<number, void, undefined> {
  for (const [index, pause] of pauses.entries()) {
    await new Promise((resolve) => setTimeout(resolve, pause));
    yield index;
  }
}

describe('Taking what comes', () => {
  it('waits no longer than it was told where nothing comes', async () => {
    const from = performance.now();
    await expect(take(numbers(2_000), 1, 200, itself)).rejects.toThrow(DeadlinePassed);
    expect(performance.now() - from).toBeLessThan(390);
  });

  it('waits less than twice as long where it stops on the way', async () => {
    const from = performance.now();
    await expect(take(numbers(10, 10, 2_000), 9, 200, itself)).rejects.toThrow(DeadlinePassed);
    expect(performance.now() - from).toBeLessThan(590);
  });

  it('takes its time where something comes now and then', async () => {
    expect(await take(numbers(100, 100, 100, 100), 9, 150, itself)).toEqual([0, 1, 2, 3]);
  });
});
