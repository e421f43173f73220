import { pause } from '#kernel';
import { codesOf } from './server-codes.js';

const tries = 8;
const firstPauseMilliseconds = 20;

/**
 * Asks again, after longer and longer pauses, for as long as the server answers with one of some codes: those of two who
 * are in each other's way, and of whom each will be let through. Some 2.5 seconds at most, and the time of the work.
 * @throws what the last try threw
 */
export async function retrying<Answer>(codes: readonly unknown[], work: () => Promise<Answer>): Promise<Answer> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === tries || !codesOf(error).some((code) => codes.includes(code))) throw error;
      // Not all wait equally long: those who met once would meet again.
      await pause(firstPauseMilliseconds * 2 ** (attempt - 1) * (0.5 + Math.random() / 2));
    }
  }
}
