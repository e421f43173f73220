import type { Logger } from 'pino';
import { describeError, ToldFaults } from '#kernel';

/** What is in trouble says so more often than that. */
const quietMilliseconds = 60_000;

/** What keeps trying says so once for each cause, not at every try. */
export function tellingRarely(logger: Logger | undefined, message: string): (trouble: Error) => void {
  const faults = new ToldFaults();
  let last = -Infinity;
  return (trouble) => {
    if (performance.now() - last > quietMilliseconds) faults.forget();
    last = performance.now();
    if (!faults.isNews(trouble)) return;
    logger?.warn({ error: describeError(trouble) }, message);
  };
}
