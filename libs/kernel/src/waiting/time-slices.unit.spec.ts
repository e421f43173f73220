import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { TimeSlices } from './time-slices.js';

describe('Slices of time that several share', () => {
  it('are as short as those of one', async () => {
    const [slice, piece, pieces, workers] = [10, 2, 10, 16];
    const slices = new TimeSlices(slice);
    const done: number[] = [];
    let turn = 0;
    const work = async () => {
      for (let left = pieces; left > 0; left--) {
        await slices.next();
        const since = performance.now();
        while (performance.now() - since < piece);
        done[turn] = (done[turn] ?? 0) + 1;
      }
    };
    const all = Promise.all(Array.from({ length: workers }, work)).then(() => true);
    while (!(await Promise.race([all, setImmediate(false)]))) turn++;
    expect(done.reduce((sum, count) => sum + count, 0)).toBe(workers * pieces);
    // In the first turn all begin at once; what is counted as one of those after it may be parts of two.
    const afterTheFirst = done.slice(1).filter((count) => count > 0);
    expect(Math.max(...afterTheFirst)).toBeLessThanOrEqual(2 * (slice / piece + 1));
  });
});
