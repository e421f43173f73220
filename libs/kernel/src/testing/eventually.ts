import { Deadline } from '../waiting/deadline.js';
import { pause } from '../waiting/pause.js';

const askAgainMilliseconds = 20;

/**
 * Asks again and again until what is waited for has come; a failure to ask counts as not yet.
 * @param what is waited for, as the message says it
 * @param arrived whether an answer is it; left out, any answer but undefined is
 * @param milliseconds how long it may take on a slow machine, 30 seconds where it is left out
 * @throws Error with the last answer where it has not come in time
 */
export function eventually<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined> | Answer | undefined,
): Promise<Answer>;
export function eventually<Answer>(
  what: string,
  ask: () => Promise<Answer> | Answer,
  arrived: (answer: Answer) => boolean,
  milliseconds?: number,
): Promise<Answer>;
export async function eventually<Answer>(
  what: string,
  ask: () => Promise<Answer> | Answer,
  arrived: (answer: Answer) => boolean = (answer) => answer !== undefined,
  milliseconds = 30_000,
): Promise<Answer> {
  let last: unknown;
  for (const deadline = new Deadline(milliseconds); !deadline.hasPassed; await pause(askAgainMilliseconds)) {
    try {
      const answer = await ask();
      if (arrived(answer)) return answer;
      last = answer;
    } catch (error) {
      last = error;
    }
  }
  throw new Error(`${what} did not come within ${milliseconds} ms; last: ${told(last)}`);
}

/** Waits until a condition holds. */
export const until = async (condition: () => Promise<boolean> | boolean): Promise<void> =>
  void (await eventually('What a test waits for', condition, Boolean));

const told = (last: unknown): string => (last instanceof Error ? String(last) : JSON.stringify(last)?.slice(0, 2_000));
