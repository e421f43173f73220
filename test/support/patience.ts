import { setTimeout as pause } from 'node:timers/promises';

const pollMilliseconds = 50;

/**
 * Asks again and again until what is waited for has come; a failure to ask counts as not yet.
 * @throws Error where it has not come within so many milliseconds
 */
export async function eventually<Answer>(
  what: string,
  ask: () => Promise<Answer>,
  arrived: (answer: Answer) => boolean,
  milliseconds = 30_000,
): Promise<Answer> {
  let last: unknown;
  for (const deadline = performance.now() + milliseconds; performance.now() < deadline;) {
    try {
      const answer = await ask();
      if (arrived(answer)) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
    await pause(pollMilliseconds);
  }
  throw new Error(`${what} did not come within ${milliseconds} ms; last: ${told(last)}`);
}

const told = (last: unknown): string => (last instanceof Error ? String(last) : JSON.stringify(last)?.slice(0, 2_000));
