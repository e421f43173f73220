import type { JobHandler } from '../jobs.port.js';

/** A handler that does its work at the first attempt. */
export const aHandler = (given: Partial<JobHandler> = {}): JobHandler => ({
  name: 'count',
  attempts: 3,
  backoffMilliseconds: 20,
  run: async () => undefined,
  ...given,
});

/** Waits until something is so, at most some seconds. */
export async function eventually<T>(
  ask: () => Promise<T> | T,
  isSo: (answer: T) => boolean,
  milliseconds = 10_000,
): Promise<T> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (isSo(answer)) return answer;
    if (Date.now() > deadline) throw new Error(`It did not come to that: ${JSON.stringify(answer)}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
