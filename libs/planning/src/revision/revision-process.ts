import { carriedOut } from '#deciding';
import type { CommandContext, DecisionCommand, Receipt } from '#deciding';
import { pagesOfStream } from '#event-store';
import type { EventStore } from '#event-store';
import { digestOf, idOf, inLanguage, NotFound, streamName } from '#kernel';
import type { DomainError, EventCatalog, RecordedEvent, StoredEvent } from '#kernel';
import { CloseRevisionCommand } from './revision.commands.js';
import { revisionCarriedOut, revisionDecided } from './revision.events.js';
import type { RevisionCarriedOut, RevisionDecided, UndoneStep } from './revision.events.js';
import { ruleOf } from './revision-refused.js';
import { commandOf, stepIdOf } from './revision.steps.js';

/** Where the decision on a revision stands in the log. */
export interface RevisionPlace {
  readonly tenant: string;
  readonly planId: string;
  /** The revision of the plan's stream. */
  readonly at: number;
}

/** What was reserved and doubted, if at all, with the decision. */
const asDecided = { repeatable: true, reserved: true, settled: true } as const;

/** Who acts where a decision is carried out. */
const actor = { id: 'revision-process', role: 'administrator' } as const;

/**
 * Carries out what was decided: a command for each step, in their order, then the closing. The id of each command follows
 * from the revision, so that whoever was cut off is followed by anybody, several may be at it at once, and each step is
 * carried out once. A step that a rule stands in the way of by now holds up none of the others: the closing names it.
 */
export class RevisionProcess {
  /** @param execute the command bus */
  constructor(
    private readonly eventStore: Pick<EventStore, 'readStream'>,
    private readonly catalog: EventCatalog,
    private readonly execute: (command: DecisionCommand) => Promise<Receipt>,
  ) {}

  /**
   * @returns the event that closes the revision, by whomever
   * @throws NotFound where nothing was decided at that place; StoreFailure: what is left is carried out by the next try
   */
  async carryOut(place: RevisionPlace, signal?: AbortSignal): Promise<RecordedEvent<RevisionCarriedOut>> {
    const decided = await this.#decidedAt(place);
    const closed = await this.#closingOf(decided);
    if (closed) return closed;
    const { revisionId, steps } = decided.data;
    const commands = steps.map((step, index) =>
      commandOf(step, { ...contextAfter(decided), commandId: stepIdOf(revisionId, index), ...asDecided }),
    );
    const refused = await carriedOut(commands, this.execute, signal);
    const undone = refused.map(({ error, step }) => undoneBecause(error, step, steps[step]!.itemId));
    await this.execute(closing(decided, undone));
    return (await this.#closingOf(decided))!;
  }

  async #decidedAt({ at, planId, tenant }: RevisionPlace): Promise<RecordedEvent<RevisionDecided>> {
    const [event] = await this.eventStore.readStream(streamName(tenant, 'plan', planId), { after: at - 1, limit: 1 });
    if (event?.type !== revisionDecided.type) throw new NotFound('revision', `${planId}@${at}`);
    return this.#read<RevisionDecided>(event);
  }

  async #closingOf(decided: RecordedEvent<RevisionDecided>): Promise<RecordedEvent<RevisionCarriedOut> | undefined> {
    for await (const page of pagesOfStream(this.eventStore, decided.stream, {
      after: decided.revision,
      limit: pageSize,
    })) {
      for (const event of page) {
        if (event.type !== revisionCarriedOut.type) continue;
        const closing = this.#read<RevisionCarriedOut>(event);
        if (closing.data.revisionId === decided.data.revisionId) return closing;
      }
    }
    return undefined;
  }

  #read<Event extends RevisionDecided | RevisionCarriedOut>(event: StoredEvent): RecordedEvent<Event> {
    return this.catalog.decode(event) as unknown as RecordedEvent<Event>;
  }
}

const pageSize = 100;

/** Whoever decided acts, on the same ground; the decision led to it. */
function contextAfter({ id, metadata }: RecordedEvent<RevisionDecided>): CommandContext {
  const { actor: decider, commandId, confirmed, correlationId, decision, effectiveOn, tenant } = metadata;
  const led = { tenant, actor: decider, commandId, correlationId, causationId: id, effectiveOn };
  return { ...led, ...(decision && { decision }), ...(confirmed && { confirm: confirmed }) };
}

function closing(decided: RecordedEvent<RevisionDecided>, undone: readonly UndoneStep[]): CloseRevisionCommand {
  const { planId, revisionId } = decided.data;
  const commandId = idOf('revision-closing', revisionId, digestOf(undone));
  const { confirm: _confirm, decision: _decision, ...context } = contextAfter(decided);
  return new CloseRevisionCommand(planId, { revisionId, undone }, { ...context, actor, commandId, settled: true });
}

function undoneBecause(error: DomainError, step: number, itemId: string): UndoneStep {
  const rule = ruleOf(error);
  const { en, sv } = { en: inLanguage('en', error.detail), sv: inLanguage('sv', error.detail) };
  return { step, itemId, code: error.code, ...(rule !== undefined && { rule }), told: { en, sv } };
}
