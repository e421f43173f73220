import { carriedOut, fittingWords } from '#deciding';
import type { CommandContext, DecisionCommand, Receipt, RefusedCommand } from '#deciding';
import { pagesOfStream } from '#event-store';
import type { EventStore } from '#event-store';
import { digestOf, idOf, inLanguage, NotFound, RuleViolation, streamName } from '#kernel';
import type { EventCatalog, RecordedEvent, StoredEvent } from '#kernel';
import { CloseTakeBackCommand } from './load.commands.js';
import { loadTakeBackDecided, loadTakenBack } from './load.events.js';
import type { LoadTakeBackDecided, LoadTakenBack, UntakenStep } from './load.events.js';
import { commandOf, stepIdOf } from './taking-steps.js';

/** Where the decision to take a load back stands in the log. */
export interface TakingPlace {
  readonly tenant: string;
  readonly loadId: string;
  /** The revision of the load's stream. */
  readonly at: number;
}

const pageSize = 100;
/** Who acts where what was decided is closed. */
const actor = { id: 'load-process', role: 'administrator' } as const;

/**
 * Takes back what was decided to be: a command for each step, in their order, then the closing. The id of each command follows
 * from the decision, so that whoever was cut off is followed by anybody, several may be at it at once, and each step is carried
 * out once. What something has come to rest on since stays, and the closing names it.
 */
export class LoadTaking {
  /** @param execute the command bus */
  constructor(
    private readonly eventStore: Pick<EventStore, 'readStream'>,
    private readonly catalog: EventCatalog,
    private readonly execute: (command: DecisionCommand) => Promise<Receipt>,
  ) {}

  /**
   * @returns the event that closes it, by whomever
   * @throws NotFound where nothing was decided at that place; StoreFailure: what is left is carried out by the next try
   */
  async carryOut(place: TakingPlace, signal?: AbortSignal): Promise<RecordedEvent<LoadTakenBack>> {
    const decided = await this.#decidedAt(place);
    const closed = await this.#closingOf(decided);
    if (closed) return closed;
    const { examined, reason, steps, takeBackId } = decided.data;
    const asDecided = { repeatable: true, settled: true, examined } as const;
    const commands = steps.map((step, index) =>
      commandOf(step, reason, { ...contextAfter(decided), ...asDecided, commandId: stepIdOf(takeBackId, index) }),
    );
    const refused = await carriedOut(commands, this.execute, signal);
    await this.execute(closing(decided, fittingWords(refused.map(untaken))));
    return (await this.#closingOf(decided))!;
  }

  async #decidedAt({ at, loadId, tenant }: TakingPlace): Promise<RecordedEvent<LoadTakeBackDecided>> {
    const [event] = await this.eventStore.readStream(streamName(tenant, 'load', loadId), { after: at - 1, limit: 1 });
    if (event?.type !== loadTakeBackDecided.type) throw new NotFound('load', `${loadId}@${at}`);
    return this.#read<LoadTakeBackDecided>(event);
  }

  async #closingOf({ data, revision: after, stream }: RecordedEvent<LoadTakeBackDecided>) {
    for await (const page of pagesOfStream(this.eventStore, stream, { after, limit: pageSize })) {
      for (const event of page) {
        if (event.type !== loadTakenBack.type) continue;
        const closing = this.#read<LoadTakenBack>(event);
        if (closing.data.takeBackId === data.takeBackId) return closing;
      }
    }
    return undefined;
  }

  #read<Event extends LoadTakeBackDecided | LoadTakenBack>(event: StoredEvent): RecordedEvent<Event> {
    return this.catalog.decode(event) as unknown as RecordedEvent<Event>;
  }
}

/** Whoever decided acts; the decision led to it. Each command speaks of the day of what it takes back. */
function contextAfter({ id, metadata }: RecordedEvent<LoadTakeBackDecided>): CommandContext {
  const { actor: decider, commandId, correlationId, tenant } = metadata;
  return { tenant, actor: decider, commandId, correlationId, causationId: id };
}

function closing(decided: RecordedEvent<LoadTakeBackDecided>, undone: readonly UntakenStep[]): CloseTakeBackCommand {
  const { loadId, takeBackId } = decided.data;
  const commandId = idOf('take-back-closing', takeBackId, digestOf(undone));
  const context = { ...contextAfter(decided), actor, commandId, settled: true } as const;
  return new CloseTakeBackCommand(loadId, { takeBackId, undone }, context);
}

function untaken({ error, step }: RefusedCommand): UntakenStep {
  const rule = error instanceof RuleViolation ? { rule: error.rule } : {};
  const told = { en: inLanguage('en', error.detail), sv: inLanguage('sv', error.detail) };
  return { step, code: error.code, ...rule, told };
}
