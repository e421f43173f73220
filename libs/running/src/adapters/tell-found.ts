import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import { describeError, ToldFaults } from '#kernel';

const askAgainMilliseconds = 5_000;

/** What was found of a server, and what an operator should mend of it. */
export interface Found {
  readonly faults: readonly string[];
  readonly [what: string]: unknown;
}

/**
 * Looks at a server until it answers, and tells what it is and what should be mended: at once, not when something is
 * missed. That it does not answer is told once for each cause.
 * @param server what it is called, such as `Redis of the jobs`
 */
export async function tellFound(server: string, look: () => Promise<Found>, logger: Logger): Promise<void> {
  for (const told = new ToldFaults(); ;) {
    try {
      const { faults, ...found } = await look();
      logger.info(found, `the ${server} answers`);
      for (const fault of faults) logger.warn({ fault }, `the ${server} should be set up otherwise`);
      return;
    } catch (error) {
      if (told.isNews(error)) logger.warn({ error: describeError(error) }, `the ${server} does not answer yet`);
      await sleep(askAgainMilliseconds, undefined, { ref: false });
    }
  }
}
