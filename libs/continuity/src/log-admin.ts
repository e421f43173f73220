import type { DocumentStore } from '#document-store';
import type { EventStore } from '#event-store';
import { rule } from '#kernel';
import type { Actor, Clock, EventCatalog } from '#kernel';
import { AcceptanceRecord } from './acceptance-record.js';
import { KnownLogRecord } from './known-log.js';
import type { Acceptance, Replacement } from './known-log.js';
import type { LogWatch } from './log-watch.js';

export interface LogStatus {
  /** `replaced`: it lacks what it held before, and nothing is recorded in it. */
  readonly state: 'known' | 'replaced';
  readonly replaced?: Replacement;
  /** The newest acceptance; missing where the log is the first one. */
  readonly accepted?: Acceptance;
}

const attempts = 5;

/** What an operator sees of the log, and decides of it. */
export class LogAdmin {
  readonly #acceptances: AcceptanceRecord;
  readonly #record: KnownLogRecord;

  /** @param store the log itself: what is recorded here is the first that the other log takes */
  constructor(
    private readonly watch: LogWatch,
    store: EventStore,
    documents: DocumentStore,
    catalog: EventCatalog,
    clock: Clock,
  ) {
    this.#acceptances = new AcceptanceRecord(store, catalog, clock);
    this.#record = new KnownLogRecord(documents);
  }

  async status(): Promise<LogStatus> {
    await this.watch.look();
    const { accepted, replaced } = this.watch;
    return { state: replaced ? 'replaced' : 'known', ...(replaced && { replaced }), ...(accepted && { accepted }) };
  }

  /**
   * Accepts the log that there is in place of the one that is known. From then on every process goes on with it: what it
   * kept of the other is not believed, and documents are made anew.
   * @param reason why the log may lack what was recorded in it
   * @throws RuleViolation where the log is the one that is known; StoreFailure
   */
  async accept(reason: string, by: Actor): Promise<Acceptance> {
    await this.watch.look();
    const { replaced } = this.watch;
    if (!replaced) throw nothingToAccept();
    const { acceptance, cursor } = await this.#acceptances.add(replaced.lost, reason, by);
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const { version } = await this.#record.read();
      if (await this.#record.write({ accepted: acceptance, newest: cursor }, version)) break;
    }
    await this.watch.look();
    return acceptance;
  }
}

const nothingToAccept = rule(
  'log-is-replaced',
  'The log is the one that is known: there is nothing to accept',
  'Loggen är den som är känd: det finns inget att godta',
);
