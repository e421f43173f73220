import { pagesOfStream } from '#event-store';
import type { EventStore } from '#event-store';
import { digestOf, idOf, inLanguage, NotFound } from '#kernel';
import type { Actor, DomainEvent, EventCatalog, Language, RecordedEvent } from '#kernel';
import { carriedOut } from '../carried-out.js';
import type { RefusedCommand } from '../carried-out.js';
import type { CommandContext } from '../command-context.js';
import type { DecisionCommand } from '../decision-command.js';
import type { Receipt } from '../receipt.js';
import { fittingWords } from './fitting-words.js';
import { ruleOf } from './refusals.js';

/** Why a step could not be carried out any more, as a closing event tells it. */
export interface Undone {
  /** Its place among the steps, from 0. */
  readonly step: number;
  readonly code: string;
  readonly rule?: string;
  readonly told: Record<Language, string>;
}

/** How one kind of decision over many streams stands in its own stream, and what its steps are. */
export interface SteppedDecision<Decided extends DomainEvent, Closed extends DomainEvent> {
  /** Such as `revision`: ids of commands and problems are called by it. */
  readonly name: string;
  /** The types of the events that decide, and of the one that closes. */
  readonly decided: readonly string[];
  readonly closed: string;
  /** What the decision is known by, which both events tell. */
  readonly idOf: (data: Decided['data'] | Closed['data']) => string;
  /** The commands that the decision stands for, in their order, by contexts. */
  readonly steps: (data: Decided['data']) => readonly ((context: CommandContext) => DecisionCommand)[];
  /** The command that closes it, with what could not be carried out any more. */
  readonly closing: (data: Decided['data'], undone: readonly Undone[]) => (context: CommandContext) => DecisionCommand;
}

/** What was reserved and doubted, if at all, with the decision. */
const asDecided = { repeatable: true, reserved: true, settled: true } as const;

/** The id of the command that carries out a step: of a decision and a place always the same, so that it is done once. */
export const stepIdOf = (name: string, decisionId: string, step: number): string =>
  idOf(`${name}-step`, decisionId, String(step));

/**
 * Carries out what was decided over many streams: a command for each step, in their order, then the closing. The id of each
 * command follows from the decision, so that whoever was cut off is followed by anybody, several may be at it at once, and
 * each step is carried out once. A step that a rule stands in the way of by now holds up none of the others: the closing
 * names it.
 */
export class StepProcess<Decided extends DomainEvent, Closed extends DomainEvent> {
  /** @param execute the command bus */
  constructor(
    private readonly eventStore: Pick<EventStore, 'readStream'>,
    private readonly catalog: EventCatalog,
    private readonly execute: (command: DecisionCommand) => Promise<Receipt>,
    private readonly kind: SteppedDecision<Decided, Closed>,
  ) {}

  /**
   * @param at the revision of the stream that the decision stands at
   * @returns the event that closes the decision, by whomever
   * @throws NotFound where nothing was decided at that place; StoreFailure: what is left is carried out by the next try
   */
  async carryOut(stream: string, at: number, signal?: AbortSignal): Promise<RecordedEvent<Closed>> {
    const decided = await this.#decidedAt(stream, at);
    const closed = await this.#closingOf(decided);
    if (closed) return closed;
    const { name } = this.kind;
    const id = this.kind.idOf(decided.data);
    const commands = this.kind
      .steps(decided.data)
      .map((commandIn, index) =>
        commandIn({ ...contextAfter(decided), commandId: stepIdOf(name, id, index), ...asDecided }),
      );
    const refused = await carriedOut(commands, this.execute, signal);
    await this.#close(decided, fittingWords(refused.map(undoneBecause)));
    return (await this.#closingOf(decided))!;
  }

  async #close(decided: RecordedEvent<Decided>, undone: readonly Undone[]): Promise<void> {
    const { closing, idOf: idIn, name } = this.kind;
    const commandId = idOf(`${name}-closing`, idIn(decided.data), digestOf(undone));
    const { confirm: _confirm, decision: _decision, ...context } = contextAfter(decided);
    const actor: Actor = { id: `${name}-process`, role: 'administrator' };
    await this.execute(closing(decided.data, undone)({ ...context, actor, commandId, settled: true }));
  }

  async #decidedAt(stream: string, at: number): Promise<RecordedEvent<Decided>> {
    const [event] = await this.eventStore.readStream(stream, { after: at - 1, limit: 1 });
    if (!event || !this.kind.decided.includes(event.type)) throw new NotFound(this.kind.name, `${stream}@${at}`);
    return this.catalog.decode(event) as unknown as RecordedEvent<Decided>;
  }

  async #closingOf(decided: RecordedEvent<Decided>): Promise<RecordedEvent<Closed> | undefined> {
    const from = { after: decided.revision, limit: pageSize };
    for await (const page of pagesOfStream(this.eventStore, decided.stream, from)) {
      for (const event of page) {
        if (event.type !== this.kind.closed) continue;
        const closing = this.catalog.decode(event) as unknown as RecordedEvent<Closed>;
        if (this.kind.idOf(closing.data) === this.kind.idOf(decided.data)) return closing;
      }
    }
    return undefined;
  }
}

const pageSize = 100;

/** Whoever decided acts, on the same ground; the decision led to it. */
function contextAfter({ id, metadata }: RecordedEvent<DomainEvent>): CommandContext {
  const { actor, commandId, confirmed, correlationId, decision, effectiveOn, tenant } = metadata;
  const led = { tenant, actor, commandId, correlationId, causationId: id, effectiveOn };
  return { ...led, ...(decision && { decision }), ...(confirmed && { confirm: confirmed }) };
}

function undoneBecause({ error, step }: RefusedCommand): Undone {
  const rule = ruleOf(error);
  const told = { en: inLanguage('en', error.detail), sv: inLanguage('sv', error.detail) };
  return { step, code: error.code, ...(rule !== undefined && { rule }), told };
}
