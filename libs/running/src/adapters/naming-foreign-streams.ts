import type { Logger } from 'pino';
import type { ForeignEvent } from '#event-store';

/** So many are named; who has more of them knows by then. */
const most = 1_000;

/** Others' events are many, and their streams fewer: each stream is named once in the log of the process. */
export function namingForeignStreams(logger: Logger | undefined): (event: ForeignEvent) => void {
  const named = new Set<string>();
  return ({ position, stream, type }) => {
    if (named.has(stream) || named.size >= most) return;
    named.add(stream);
    logger?.warn({ stream, type, position }, 'the log holds events of others, which are passed over');
  };
}
