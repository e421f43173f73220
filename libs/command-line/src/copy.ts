import { Presets, SingleBar } from 'cli-progress';
import { copyLog } from '#event-store';
import type { CopiedLog, EventStore } from '#event-store';
import { joined, verbatim } from '#kernel';
import { faultOfEventStoreUrl, openEventStore } from '#running/adapters';
import { UsageError } from './usage-error.js';

const percent = 100;

/**
 * Copies a log between event stores. Interrupted, it leaves what is copied, and the same command goes on from there.
 * @param bar whether progress is shown on standard error
 * @throws UsageError, LogsDiffer, StoreUnavailable
 */
export async function copy(
  { from, to }: { readonly from: string; readonly to: string },
  bar: boolean,
): Promise<{ result: CopiedLog & { readonly passedOver: number }; text: string }> {
  for (const [option, url] of [
    ['--from', from],
    ['--to', to],
  ] as const) {
    const fault = await faultOfEventStoreUrl(url);
    if (fault) throw new UsageError(joined([verbatim(option), fault], ' '));
  }
  const [source, target] = [await openEventStore(from), await openEventStore(to)];
  const interrupted = new AbortController();
  const interrupt = () => interrupted.abort(new Error('Interrupted: run the same command again to go on'));
  process.once('SIGINT', interrupt);
  const shown = bar
    ? new SingleBar({ format: '{bar} {percentage} %  {phase} {events}' }, Presets.shades_classic)
    : undefined;
  try {
    const end = await source.head();
    shown?.start(percent, 0, { phase: 'reading', events: 0 });
    const followed = followedBy(source, (position) => shown?.update((percent * Number(position)) / Number(end)));
    const result = await copyLog(followed, target, {
      signal: interrupted.signal,
      progress: (events, phase) => shown?.update({ events, phase }),
    });
    const { passedOver } = source;
    const others = passedOver > 0 ? `. ${passedOver} events of others were passed over` : '';
    const text = `${result.events} events, ${result.added} of them copied now. SHA-256 ${result.digest}${others}`;
    return { result: { ...result, passedOver }, text };
  } finally {
    shown?.stop();
    process.off('SIGINT', interrupt);
    await Promise.all([source.close(), target.close()]);
  }
}

/** The log, and how far it has been read. */
const followedBy = (log: EventStore, read: (position: string) => void): Pick<EventStore, 'readAll'> => ({
  readAll: async (options) => {
    const page = await log.readAll(options);
    if (page.length > 0) read(page.at(-1)!.position);
    return page;
  },
});
