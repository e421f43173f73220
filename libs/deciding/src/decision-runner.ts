import {
  dayInSweden,
  digestOf,
  DomainError,
  Forbidden,
  IdempotencyKeyReused,
  idOf,
  NotFound,
  RevisionMismatch,
  StoreFailure,
} from '#kernel';
import type { Clock, DomainCommand, DomainEvent, EventCatalog, EventEnvelope, EventMetadata } from '#kernel';
import type { EventStore } from '#event-store';
import type { Aggregate } from './aggregate.js';
import { AggregateLoader } from './aggregate-loader.js';
import type { AnsweredCommand, Loaded } from './aggregate-loader.js';
import { CommandAnswers } from './command-answers.js';
import type { CommandContext } from './command-context.js';
import type { DecisionCommand, DecisionCommandClass } from './decision-command.js';
import type { Receipt } from './receipt.js';
import { StateLookup } from './state-lookup.js';
import type { Ask } from './state-lookup.js';

/** What a handler adds to a command before the decider sees it. */
export interface DecisionSupport<Domain extends DomainCommand, State> {
  /** What other streams say. */
  readonly facts?: (command: DecisionCommand<Domain>, lookup: StateLookup, state: State) => Promise<Domain['facts']>;
  /** The day that the command speaks of where the caller did not say. */
  readonly effectiveOn?: (facts: Domain['facts'], state: State, data: Domain['data']) => string | undefined;
  /** The body that the command acts for: a reporter acts for its own body only. */
  readonly actsFor?: (data: Domain['data'], state: State) => string | undefined;
}

const attempts = 8;

const noReadModels: Ask = () => Promise.reject(new Error('No read models were given'));

/** A command, and all that its decision needs beside the state. */
interface Asked<Domain extends DomainCommand, State, Event extends DomainEvent> {
  readonly command: DecisionCommand<Domain>;
  readonly aggregate: Aggregate<Domain, State, Event>;
  readonly support: DecisionSupport<Domain, State>;
  readonly ask: Ask;
  readonly digest: string;
}

/** Load, decide, append: the one way from a command to the log. */
export class DecisionRunner {
  readonly #loader: AggregateLoader;
  readonly #answers: CommandAnswers;

  constructor(
    private readonly store: Pick<EventStore, 'append' | 'readStream'>,
    private readonly catalog: EventCatalog,
    private readonly clock: Clock,
  ) {
    this.#loader = new AggregateLoader(store, catalog);
    this.#answers = new CommandAnswers(store, catalog);
  }

  /**
   * Decides on a command and records what follows from it. The answer comes when it is durable.
   *
   * A command that lost a race is decided again on the newer state, unless its caller said which revision it had seen.
   * @throws Forbidden, NotFound, RevisionMismatch, IdempotencyKeyReused, RuleViolation, StoreFailure
   */
  async run<Domain extends DomainCommand, State, Event extends DomainEvent>(
    command: DecisionCommand<Domain>,
    aggregate: Aggregate<Domain, State, Event>,
    support: DecisionSupport<Domain, State> = {},
    ask: Ask = noReadModels,
  ): Promise<Receipt> {
    const { permitted } = classOf(command);
    const { actor, commandId, expectedRevision, repeatable, tenant } = command.context;
    if (!permitted.includes(actor.role)) {
      throw new Forbidden(`${command.type} is for ${permitted.join(' and ')}, and this is a ${actor.role}`);
    }
    const asked = { command, aggregate, support, ask, digest: digestOfCommand(command) };
    const hasty = repeatable ? undefined : await this.#decideHastily(asked);
    if (hasty) return hasty;
    for (let attempt = 1; ; attempt++) {
      const [loaded, answered] = await Promise.all([
        this.#loader.load(aggregate, tenant, command.id),
        repeatable ? this.#answers.find(tenant, commandId, command.id) : undefined,
      ]);
      if (answered) return firstAnswer(asked, answered);
      try {
        return (await this.#decide(asked, loaded)) ?? (await this.#changeNothing(asked, loaded));
      } catch (error) {
        const again = error instanceof RevisionMismatch && expectedRevision === undefined && attempt < attempts;
        if (!again) throw error;
      }
    }
  }

  /**
   * Decides on the state as it was folded last, which saves a reading of the log. Only what the log has taken counts:
   * an append is refused where the state was old, and any other conclusion is drawn again from what the log says now.
   */
  async #decideHastily<Domain extends DomainCommand, State, Event extends DomainEvent>(
    asked: Asked<Domain, State, Event>,
  ): Promise<Receipt | undefined> {
    const { aggregate, command } = asked;
    const { tenant } = command.context;
    const recalled =
      this.#loader.recall(aggregate, tenant, command.id) ??
      (classOf(command).creates && this.#loader.nothing(aggregate, tenant, command.id));
    if (!recalled) return undefined;
    try {
      return await this.#decide(asked, recalled);
    } catch (error) {
      if (error instanceof DomainError && !(error instanceof StoreFailure)) return undefined;
      throw error;
    }
  }

  /** @returns undefined where nothing would change */
  async #decide<Domain extends DomainCommand, State, Event extends DomainEvent>(
    asked: Asked<Domain, State, Event>,
    loaded: Loaded<State, Event>,
  ): Promise<Receipt | undefined> {
    const { aggregate, ask, command, support } = asked;
    const { context, data, id, type } = command;
    if (loaded.revision === undefined && !classOf(command).creates) throw new NotFound(aggregate.category, id);
    checkBody(command, support.actsFor?.(data, loaded.state));
    const earlier = loaded.commands.get(context.commandId);
    if (earlier) return firstAnswer(asked, earlier);
    checkRevision(loaded, context.expectedRevision);
    const facts = await support.facts?.(command, new StateLookup(this.#loader, context.tenant, ask), loaded.state);
    const recordedAt = this.#recordedAt(loaded);
    const effectiveOn =
      context.effectiveOn ?? support.effectiveOn?.(facts, loaded.state, data) ?? dayInSweden(new Date(recordedAt));
    const events = aggregate.decider.decide({ type, id, data, facts, effectiveOn } as unknown as Domain, loaded.state);
    if (events.length === 0) return undefined;
    const metadata = metadataOf(asked, recordedAt, effectiveOn);
    const envelopes = events.map((event, index): EventEnvelope => {
      const { data: payload, schema } = this.catalog.encode(event);
      // The instant tells attempts apart: an append that a store has seen before is then one of exactly these events. The
      // stream tells apart what a caller asks of several things under one key.
      const eventId = idOf(context.commandId, loaded.stream, recordedAt, String(index));
      return { id: eventId, type: event.type, data: payload, metadata: { ...metadata, schema } };
    });
    const appended = await this.store.append(loaded.stream, envelopes, loaded.revision ?? 'no-stream');
    this.#loader.follow(aggregate, loaded, envelopes, appended);
    return { id, ...appended, recorded: envelopes.map((envelope) => envelope.type) };
  }

  async #changeNothing<Domain extends DomainCommand, State, Event extends DomainEvent>(
    asked: Asked<Domain, State, Event>,
    loaded: Loaded<State, Event>,
  ): Promise<Receipt> {
    const { context, id } = asked.command;
    const { position, revision = 0 } = loaded;
    if (!context.repeatable) return { id, revision, position, recorded: [] };
    const recordedAt = this.#recordedAt(loaded);
    const metadata = metadataOf(asked, recordedAt, context.effectiveOn ?? dayInSweden(new Date(recordedAt)));
    return { id, ...(await this.#answers.keep({ aggregateId: id, revision }, metadata)) };
  }

  /** A clock that was set back must not make a stream tell its story out of order. */
  #recordedAt(loaded: { readonly recordedAt: string }): string {
    const now = this.clock.now().toISOString();
    return now < loaded.recordedAt ? loaded.recordedAt : now;
  }
}

const classOf = <Domain extends DomainCommand>(command: DecisionCommand<Domain>) =>
  command.constructor as DecisionCommandClass<Domain>;

/** @throws IdempotencyKeyReused where the key came with other content */
function firstAnswer(
  { command, digest }: { readonly command: { readonly id: string }; readonly digest: string },
  answered: AnsweredCommand,
): Receipt {
  if (answered.digest !== digest) throw new IdempotencyKeyReused();
  return { id: command.id, ...answered.outcome };
}

function metadataOf(
  { command: { context }, digest }: { readonly command: { readonly context: CommandContext }; readonly digest: string },
  recordedAt: string,
  effectiveOn: string,
): Omit<EventMetadata, 'schema'> {
  return {
    tenant: context.tenant,
    recordedAt,
    effectiveOn,
    actor: context.actor,
    commandId: context.commandId,
    commandDigest: digest,
    correlationId: context.correlationId,
    causationId: context.causationId ?? context.commandId,
    ...(context.decision && { decision: context.decision }),
  };
}

function digestOfCommand({ context, data, id, type }: DecisionCommand): string {
  const { decision = null, effectiveOn = null } = context;
  return digestOf({ type, id, data, effectiveOn, decision });
}

function checkBody({ context, type }: DecisionCommand, body: string | undefined): void {
  if (context.actor.role !== 'reporter' || body === context.actor.body) return;
  throw new Forbidden(`A reporter acts for its own body only, and this ${type} is for ${body ?? 'no body'}`);
}

function checkRevision({ revision, stream }: Loaded<unknown, DomainEvent>, expected: number | undefined): void {
  if (expected === undefined || expected === revision) return;
  throw new RevisionMismatch(stream, expected, revision ?? 'no-stream');
}
