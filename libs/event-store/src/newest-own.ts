import { isOwnEvent, startOfLog } from '#kernel';
import type { StoredEvent } from '#kernel';
import type { PartlyRead } from './page-room.js';

/** So many are looked at first, and so many times more each time that none of them was ours. */
const growth = 64;
const readAtOnce = 500;

/** The end of a log, as its store tells of it. */
export interface EndOfLog {
  /** Which connection it is told over: another log can only be there over another one. */
  readonly connection: number;
  /** The newest event of all, whosever it is. */
  end(): Promise<StoredEvent | undefined>;
  /** So many of the newest events that could be ours, newest first; fewer only where there are no more. */
  newest(most: number): Promise<readonly StoredEvent[]>;
  /** So many that could be ours after a position, oldest first. */
  after(position: string, most: number): Promise<PartlyRead>;
}

interface Known {
  readonly connection: number;
  /** Up to where the log was looked at. */
  readonly upTo: string;
  readonly own: string;
}

/** Where our newest event stands. What others have written after it is looked at once, however much it is. */
export class NewestOwn {
  #known: Known | undefined;

  async position(log: EndOfLog): Promise<string> {
    const { connection } = log;
    const end = await log.end();
    if (!end) return startOfLog;
    const upTo = end.position;
    const own = isOwnEvent(end) ? upTo : ((await this.#sinceKnown(log, upTo)) ?? (await lookedFor(log)));
    this.#known = { connection, upTo, own };
    return own;
  }

  /** Looks at what has come since it was last known; undefined where that was never, or where much has come. */
  async #sinceKnown(log: EndOfLog, end: string): Promise<string | undefined> {
    const known = this.#known;
    if (known?.connection !== log.connection || known.upTo > end) return undefined;
    if (known.upTo === end) return known.own;
    const since = await log.after(known.upTo, readAtOnce);
    return since.more ? undefined : (since.events.findLast(isOwnEvent)?.position ?? known.own);
  }
}

async function lookedFor(log: EndOfLog): Promise<string> {
  for (let most = 1; ; most *= growth) {
    const events = await log.newest(most);
    const own = events.find(isOwnEvent);
    if (own || events.length < most) return own?.position ?? startOfLog;
  }
}
