import { getEventListeners } from 'node:events';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { pause } from './pause.js';
import { unlessAborted } from './unless-aborted.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('Work that is waited for unless a signal aborts', () => {
  it('comes to what it comes to', async () => {
    const { signal } = new AbortController();
    expect(await unlessAborted(Promise.resolve(1), signal)).toBe(1);
    await expect(unlessAborted(Promise.reject(new Error('no')), signal)).rejects.toThrow('no');
  });

  it('is left alone where the signal aborts, or has', async () => {
    const controller = new AbortController();
    const never = new Promise<number>(() => {});
    const waiting = unlessAborted(never, controller.signal);
    controller.abort();
    expect(await waiting).toBeUndefined();
    expect(await unlessAborted(never, controller.signal)).toBeUndefined();
    // Its failure is nobody's any more, and no unhandled one.
    expect(
      await unlessAborted(
        pause(5).then(() => Promise.reject(new Error('late'))),
        controller.signal,
      ),
    ).toBeUndefined();
    await pause(20);
  });

  it('leaves nothing behind on a signal that lives long', async () => {
    const { signal } = new AbortController();
    const answers: WeakRef<object>[] = [];
    for (let time = 0; time < 1_000; time++) {
      const answer = await unlessAborted(Promise.resolve({ time }), signal);
      answers.push(new WeakRef(answer!));
    }
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    // What a turn has seen through a weak reference it keeps until it ends.
    await pause(1);
    collectGarbage();
    expect(answers.filter((answer) => answer.deref() !== undefined).length).toBeLessThan(10);
  });
});
