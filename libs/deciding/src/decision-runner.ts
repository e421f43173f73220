import {
  dayInSweden,
  digestOf,
  EventIdReused,
  Forbidden,
  IdempotencyKeyReused,
  idOf,
  NotFound,
  RevisionMismatch,
} from '#kernel';
import type { Clock, DomainCommand, DomainEvent, EventCatalog, EventEnvelope } from '#kernel';
import type { EventStore } from '#event-store';
import type { Aggregate } from './aggregate.js';
import { AggregateLoader } from './aggregate-loader.js';
import type { Loaded } from './aggregate-loader.js';
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

/** Load, decide, append: the one way from a command to the log. */
export class DecisionRunner {
  readonly #loader: AggregateLoader;

  constructor(
    private readonly store: Pick<EventStore, 'append' | 'readStream'>,
    private readonly catalog: EventCatalog,
    private readonly clock: Clock,
  ) {
    this.#loader = new AggregateLoader(store, catalog);
  }

  /**
   * Decides on a command and records what follows from it. The answer comes when it is durable.
   *
   * A command that lost a race is decided again on the newer state, unless its caller said which revision it had seen.
   * @throws Forbidden, NotFound, RevisionMismatch, IdempotencyKeyReused, RuleViolation, StoreUnavailable
   */
  async run<Domain extends DomainCommand, State, Event extends DomainEvent>(
    command: DecisionCommand<Domain>,
    aggregate: Aggregate<Domain, State, Event>,
    support: DecisionSupport<Domain, State> = {},
    ask: Ask = noReadModels,
  ): Promise<Receipt> {
    const { permitted, creates } = command.constructor as DecisionCommandClass<Domain>;
    const { actor, commandId, expectedRevision, tenant } = command.context;
    if (!permitted.includes(actor.role)) {
      throw new Forbidden(`${command.type} is for ${permitted.join(' and ')}, and this is a ${actor.role}`);
    }
    const digest = digestOfCommand(command);
    for (let attempt = 1; ; attempt++) {
      const loaded = await this.#loader.load(aggregate, tenant, command.id);
      if (loaded.revision === undefined && !creates) throw new NotFound(aggregate.category, command.id);
      checkBody(command, support.actsFor?.(command.data, loaded.state));
      const earlier = loaded.commands.get(commandId);
      if (earlier) {
        if (earlier.digest !== digest) throw new IdempotencyKeyReused();
        return { id: command.id, ...earlier.outcome };
      }
      checkRevision(loaded, expectedRevision);
      try {
        return await this.#decide(command, aggregate, support, loaded, digest, ask);
      } catch (error) {
        if (error instanceof EventIdReused) throw new IdempotencyKeyReused();
        const again = error instanceof RevisionMismatch && expectedRevision === undefined && attempt < attempts;
        if (!again) throw error;
      }
    }
  }

  async #decide<Domain extends DomainCommand, State, Event extends DomainEvent>(
    command: DecisionCommand<Domain>,
    { decider }: Aggregate<Domain, State, Event>,
    support: DecisionSupport<Domain, State>,
    loaded: Loaded<State, Event>,
    digest: string,
    ask: Ask,
  ): Promise<Receipt> {
    const { context, data, id, type } = command;
    const facts = await support.facts?.(command, new StateLookup(this.#loader, context.tenant, ask), loaded.state);
    const now = this.clock.now().toISOString();
    // A clock that was set back must not make a stream tell its story out of order.
    const recordedAt = now < loaded.recordedAt ? loaded.recordedAt : now;
    const effectiveOn =
      context.effectiveOn ?? support.effectiveOn?.(facts, loaded.state, data) ?? dayInSweden(new Date(recordedAt));
    const events = decider.decide({ type, id, data, facts, effectiveOn } as unknown as Domain, loaded.state);
    if (events.length === 0) {
      return { id, revision: loaded.revision ?? 0, position: loaded.position, recorded: [] };
    }
    const envelopes = events.map((event, index): EventEnvelope => {
      const { data: payload, schema } = this.catalog.encode(event);
      return {
        id: idOf(context.commandId, String(index)),
        type: event.type,
        data: payload,
        metadata: {
          tenant: context.tenant,
          schema,
          recordedAt,
          effectiveOn,
          actor: context.actor,
          commandId: context.commandId,
          commandDigest: digest,
          correlationId: context.correlationId,
          causationId: context.causationId ?? context.commandId,
          ...(context.decision && { decision: context.decision }),
        },
      };
    });
    const { position, revision } = await this.store.append(loaded.stream, envelopes, loaded.revision ?? 'no-stream');
    return { id, revision, position, recorded: envelopes.map((envelope) => envelope.type) };
  }
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
