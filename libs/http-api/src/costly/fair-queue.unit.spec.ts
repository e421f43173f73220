import { beforeEach, describe, expect, it } from '@jest/globals';
import { FairQueue } from './fair-queue.js';
import type { QueueLimits } from './fair-queue.js';
import { TooBusy } from './too-busy.js';

const limits: QueueLimits = { atOnce: 2, waiting: 2, patience: 60_000 };

describe('A fair queue', () => {
  let queue: FairQueue;
  /** The works that have begun, in order, and what ends each. */
  let begun: string[];
  let ends: Map<string, () => void>;
  const staying = new AbortController().signal;

  beforeEach(() => {
    [queue, begun, ends] = [new FairQueue(limits), [], new Map()];
  });

  /** A work of the tenant that its name begins with. */
  const work = (name: string, signal = staying): Promise<string> =>
    queue.run(name[0]!, signal, () => {
      begun.push(name);
      return new Promise((resolve) => ends.set(name, () => resolve(name)));
    });
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const end = async (name: string) => {
    ends.get(name)!();
    await settled();
  };

  it('keeps a place free of any one tenant', async () => {
    void work('a1');
    void work('a2');
    void work('b1');
    await settled();
    expect(begun).toEqual(['a1', 'b1']);
    await end('b1');
    expect(begun).toEqual(['a1', 'b1']);
    await end('a1');
    expect(begun).toEqual(['a1', 'b1', 'a2']);
  });

  it('gives turns to the tenants one after the other, and to those of one in the order in which they came', async () => {
    for (const name of ['a1', 'b1', 'a2', 'a3', 'b2', 'c1', 'c2']) void work(name);
    for (let place = 0; place < 7; place++) {
      await settled();
      await end(begun[place]!);
    }
    expect(begun).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'c2', 'a3']);
  });

  it('refuses the next of a tenant where as many wait as may, and no other tenant’s', async () => {
    const all = [work('a1'), work('a2'), work('a3')];
    await expect(work('a4')).rejects.toThrow(TooBusy);
    void work('b1');
    await settled();
    expect(begun).toEqual(['a1', 'b1']);
    for (const name of ['a1', 'a2', 'a3']) await end(name);
    expect(await Promise.all(all)).toEqual(['a1', 'a2', 'a3']);
  });

  it('lets go of who hangs up while waiting, whose place another takes', async () => {
    void work('a1');
    const leaving = new AbortController();
    const left = work('a2', leaving.signal);
    void work('a3');
    leaving.abort(new Error('hung up'));
    await expect(left).rejects.toThrow('hung up');
    void work('a4');
    await end('a1');
    await end('a3');
    expect(begun).toEqual(['a1', 'a3', 'a4']);
    await expect(work('a5', leaving.signal)).rejects.toThrow('hung up');
  });

  it('refuses who has waited as long as one may', async () => {
    queue = new FairQueue({ ...limits, patience: 20 });
    void work('a1');
    await expect(work('a2')).rejects.toThrow(TooBusy);
    await end('a1');
    void work('a3');
    await settled();
    expect(begun).toEqual(['a1', 'a3']);
  });

  it('goes on after a work that fails', async () => {
    const failing = queue.run('a', staying, () => Promise.reject(new Error('failed')));
    void work('a1');
    await expect(failing).rejects.toThrow('failed');
    await settled();
    expect(begun).toEqual(['a1']);
  });
});
