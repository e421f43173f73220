import { setTimeout as sleep } from 'node:timers/promises';

const askAgainMilliseconds = 20;

/**
 * What an asking gives, once it gives something.
 * @param what is waited for, for the message
 * @throws Error where nothing came within the time
 */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  milliseconds = 15_000,
): Promise<T> {
  for (const deadline = Date.now() + milliseconds; ;) {
    const found = await ask();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${what}`);
    await sleep(askAgainMilliseconds);
  }
}
