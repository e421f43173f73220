import { ConnectionChanged } from '#event-store';
import type { AppendResult, EventStore } from '#event-store';
import {
  dayInSweden,
  digestOf,
  DomainError,
  Doubtful,
  factOf,
  Forbidden,
  IdempotencyKeyReused,
  idOf,
  NotFound,
  pause,
  provenanceOf,
  RevisionMismatch,
  rule,
  rulesOf,
  say,
  storableMetadata,
  StoreFailure,
  streamName,
  term,
} from '#kernel';
import type {
  Clock,
  DecidedEvent,
  DomainCommand,
  DomainEvent,
  Doubt,
  EventCatalog,
  EventEnvelope,
  EventMetadata,
} from '#kernel';
import { AggregateLoader } from './aggregate-loader.js';
import type { Aggregate } from './aggregate.js';
import type { AnsweredCommand } from './answered-commands.js';
import { CommandAnswers } from './command-answers.js';
import type { CommandContext } from './command-context.js';
import { commandChangedNothing } from './command.events.js';
import type { DecisionCommand, DecisionCommandClass } from './decision-command.js';
import { doubtsOfDays, refuseFarDay } from './doubts-of-days.js';
import type { KeptStates } from './kept-states.js';
import type { Loaded } from './loaded.js';
import type { Receipt } from './receipt.js';
import { Reserving } from './reserving.js';
import { StateLookup } from './state-lookup.js';
import type { Readers } from './state-lookup.js';
import { Turns } from './turns.js';

/** What a handler adds to a command before the decider sees it. */
export interface DecisionSupport<Domain extends DomainCommand, State, About = undefined> {
  /**
   * What the aggregate's own story tells of what the command is about, where the state does not hold it. Refuses nothing.
   * @param corrects the id of the event that the caller corrects, where it does
   */
  readonly about?: (data: Domain['data'], lookup: StateLookup, corrects?: string) => Promise<About>;
  /** What other streams say. */
  readonly facts?: (
    command: DecisionCommand<Domain>,
    lookup: StateLookup,
    state: State,
    about: About,
  ) => Promise<Domain['facts']>;
  /** The day that the command speaks of where the caller did not say. */
  readonly effectiveOn?: (
    facts: Domain['facts'],
    state: State,
    data: Domain['data'],
    about: About,
  ) => string | undefined;
  /** The id of the event that the command corrects or takes back. */
  readonly corrects?: (facts: Domain['facts'], about: About) => string | undefined;
  /** The day on which what the command corrects was said, where of one day what was said last counts: ISO day. */
  readonly saidAfter?: (about: About) => string | undefined;
  /**
   * What looks like a mistake in what was decided, and is recorded where the caller confirms it. Only what leads to
   * events is doubted.
   */
  readonly doubts?: (asked: Doubted<Domain, State>, lookup: StateLookup) => Doubts | Promise<Doubts>;
  /**
   * Takes what this aggregate alone may have by what was decided, just before that is recorded, and again each time that it
   * is tried again. It must be true of whatever comes after it in the log.
   */
  readonly reserve?: (decided: Decided<Domain, State>, reserving: Reserving) => Promise<void>;
  /** The bodies that may give the command, the one that it is for first: a reporter acts for its own body only. */
  readonly actsFor?: (data: Domain['data'], state: State, about: About, acting: Acting) => ActsFor | Promise<ActsFor>;
}

type ActsFor = string | undefined | readonly string[];

/** What is known where it is asked who may give a command. */
export interface Acting {
  /** What the command is put to. */
  readonly id: string;
  readonly lookup: StateLookup;
  /** The day on which it is asked: ISO day. */
  readonly today: string;
}

type Doubts = readonly Doubt[];

/** What was decided, as it is held against what is plausible. */
export interface Doubted<Domain extends DomainCommand, State> {
  readonly command: DecisionCommand<Domain>;
  readonly facts: Domain['facts'];
  /** What was known before. */
  readonly state: State;
  /** What would be recorded; never empty. */
  readonly events: readonly DomainEvent[];
  /** The day that it speaks of. */
  readonly effectiveOn: string;
  /** The day on which it is recorded. */
  readonly today: string;
}

/** Is told what is doubted, where that is to be known and does not stand in the way. */
export type TellDoubts = (doubts: Doubts) => void;

/** What was decided and is not recorded yet. */
export interface Decided<Domain extends DomainCommand, State> {
  readonly command: DecisionCommand<Domain>;
  readonly facts: Domain['facts'];
  readonly before: State;
  /** The state with what was decided. */
  readonly after: State;
  readonly events: readonly DomainEvent[];
  /** The revision of the stream that it was decided on; -1 where there is none. */
  readonly revision: number;
}

/**
 * So long a command that loses races is decided again, in milliseconds: others win them only in other processes, and of
 * those each has one command about a stream under way.
 */
const patience = 20_000;
const longestPause = 25;

const noReaders: Readers = ({ name }) => {
  throw new TypeError(`No ${name} was given`);
};

/** A command, and all that its decision needs beside the state. */
interface Decision<Domain extends DomainCommand, State, Event extends DomainEvent> {
  readonly command: DecisionCommand<Domain>;
  readonly aggregate: Aggregate<Domain, State, Event>;
  readonly support: DecisionSupport<Domain, State, unknown>;
  readonly readers: Readers;
  readonly tellDoubts: TellDoubts | undefined;
  readonly digest: string;
}

/** Load, decide, append: the one way from a command to the log. */
export class DecisionRunner {
  readonly #loader: AggregateLoader;
  readonly #answers: CommandAnswers;
  readonly #turns = new Turns();

  /**
   * @param mayDecide throws where nothing may be decided on the log as it is, whatever would come of it
   * @param states where states of long stories are kept for the next process; nowhere where it is left out
   */
  constructor(
    private readonly store: Pick<EventStore, 'append' | 'connection' | 'readStream'>,
    private readonly catalog: EventCatalog,
    private readonly clock: Clock,
    private readonly mayDecide: () => Promise<void> = async () => undefined,
    states?: KeptStates,
  ) {
    this.#loader = new AggregateLoader(store, catalog, states);
    this.#answers = new CommandAnswers(store, catalog);
  }

  /**
   * Decides on a command and records what follows from it. The answer comes when it is durable.
   *
   * A command that lost a race is decided again on the newer state, unless its caller said which revision it had seen.
   * @param tellDoubts of a rehearsal: is told what is doubted and not confirmed, which then does not stand in the way
   * @throws Forbidden, NotFound, RevisionMismatch, IdempotencyKeyReused, RuleViolation, Doubtful, StoreFailure
   */
  async run<Domain extends DomainCommand, State, Event extends DomainEvent, About = undefined>(
    command: DecisionCommand<Domain>,
    aggregate: Aggregate<Domain, State, Event>,
    support: DecisionSupport<Domain, State, About> = {},
    readers: Readers = noReaders,
    tellDoubts?: TellDoubts,
  ): Promise<Receipt> {
    const { permitted } = classOf(command);
    const { actor, tenant } = command.context;
    if (!permitted.includes(actor.role)) {
      throw new Forbidden(otherRoles({ command: command.type, permitted, role: actor.role }));
    }
    await this.mayDecide();
    const decision: Decision<Domain, State, Event> = {
      command,
      aggregate,
      support: support as DecisionSupport<Domain, State, unknown>,
      readers,
      tellDoubts,
      digest: digestOfCommand(command),
    };
    // Commands about one stream can only follow each other: racing, the slowest would lose again and again.
    return this.#turns.take(streamName(tenant, aggregate.category, command.id), () => this.#inTurn(decision));
  }

  /**
   * Decides on what the log says now.
   * @returns undefined where another was quicker, and the command may be decided again
   */
  async #attempt<Domain extends DomainCommand, State, Event extends DomainEvent>(
    decision: Decision<Domain, State, Event>,
    isLast = false,
  ): Promise<Receipt | undefined> {
    const { aggregate, command } = decision;
    const { commandId, expectedRevision, repeatable, tenant } = command.context;
    const [loaded, answered] = await Promise.all([
      this.#loader.load(aggregate, tenant, command.id),
      repeatable ? this.#answers.find(tenant, commandId, command.id) : undefined,
    ]);
    try {
      return (await this.#decide(decision, loaded, answered)) ?? nothingChanged(decision, loaded);
    } catch (error) {
      // The stream also moves on where nothing changes: what the caller has seen may still be the newest.
      const isSeen = expectedRevision === undefined || expectedRevision === loaded.version;
      const again = error instanceof ConnectionChanged || (error instanceof RevisionMismatch && isSeen);
      if (again && !isLast) return undefined;
      throw error;
    }
  }

  /** Decides until nobody else has moved the stream on in the meantime; processes fall out of step by pauses. */
  async #inTurn<Domain extends DomainCommand, State, Event extends DomainEvent>(
    decision: Decision<Domain, State, Event>,
  ): Promise<Receipt> {
    const optimistic = decision.command.context.repeatable ? undefined : await this.#decideOptimistically(decision);
    if (optimistic) return optimistic;
    const end = performance.now() + patience;
    for (;;) {
      const receipt = await this.#attempt(decision, performance.now() > end);
      if (receipt) return receipt;
      await pause(Math.random() * longestPause);
    }
  }

  /**
   * Decides on the state as it was folded last, which saves a reading of the log. Only what the log has taken counts:
   * an append is refused where the state was old, and any other conclusion is drawn again from what the log says now.
   */
  async #decideOptimistically<Domain extends DomainCommand, State, Event extends DomainEvent>(
    decision: Decision<Domain, State, Event>,
  ): Promise<Receipt | undefined> {
    const { aggregate, command } = decision;
    const { tenant } = command.context;
    const recalled =
      this.#loader.recall(aggregate, tenant, command.id) ??
      (classOf(command).creates && this.#loader.nothing(aggregate, tenant, command.id));
    if (!recalled) return undefined;
    try {
      return await this.#decide(decision, recalled);
    } catch (error) {
      if (error instanceof DomainError && !(error instanceof StoreFailure)) return undefined;
      throw error;
    }
  }

  /**
   * @param kept what the command was answered, where that does not stand in the stream
   * @returns undefined where nothing would change, and nobody can ask for the answer again
   */
  async #decide<Domain extends DomainCommand, State, Event extends DomainEvent>(
    decision: Decision<Domain, State, Event>,
    loaded: Loaded<State, Event>,
    kept?: AnsweredCommand,
  ): Promise<Receipt | undefined> {
    const { aggregate, command, readers, support } = decision;
    const { context, data, id, type } = command;
    if (loaded.version === undefined && !classOf(command).creates) throw new NotFound(aggregate.category, id);
    const lookup = new StateLookup(this.#loader, context.tenant, readers, loaded);
    const about = await support.about?.(data, lookup, context.corrects);
    if (context.actor.role === 'reporter') {
      const acting = { id, lookup, today: dayInSweden(new Date(this.#recordedAt(loaded))) };
      checkBody(command, await support.actsFor?.(data, loaded.state, about, acting));
    }
    const earlier = (await this.#loader.answerTo(loaded, context.commandId)) ?? kept;
    if (earlier) return firstAnswer(decision, earlier);
    checkRevision(loaded, context.expectedRevision);
    if (context.decision) await lookup.needExisting('body', context.decision.bodyId);
    const facts = await support.facts?.(command, lookup, loaded.state, about);
    const recordedAt = this.#recordedAt(loaded);
    const effectiveOn =
      context.effectiveOn ??
      support.effectiveOn?.(facts, loaded.state, data, about) ??
      dayInSweden(new Date(recordedAt));
    checkProvenance(context, dayInSweden(new Date(recordedAt)));
    const corrects = support.corrects?.(facts, about);
    const told = { effectiveOn, ...(corrects && { corrects }) };
    const events = aggregate.decider.decide({ type, id, data, facts, ...told } as unknown as Domain, loaded.state);
    const metadata = {
      ...metadataOf(decision, recordedAt, effectiveOn),
      ...told,
      ...saidAfterOf(context, corrects === undefined ? undefined : support.saidAfter?.(about)),
    };
    if (events.length > 0) {
      const today = dayInSweden(new Date(recordedAt));
      const confirmed = await confirmedOf(
        decision,
        { command, facts, state: loaded.state, events, effectiveOn, today },
        lookup,
      );
      if (support.reserve) {
        const after = stateAfter(aggregate, loaded, events, metadata);
        const { revision = -1, state: before } = loaded;
        const reserving = new Reserving(this.#loader, this.store, this.catalog, metadata, lookup);
        await support.reserve({ command, facts, before, after, events, revision }, reserving);
      }
      const said = confirmed.length > 0 ? { ...metadata, confirmed } : metadata;
      const appended = await this.#record(decision, loaded, events, said);
      return { id, ...appended, recorded: events.map((event) => event.type) };
    }
    if (!context.repeatable) return undefined;
    const { version: revision = 0 } = loaded;
    const answer = { type: commandChangedNothing.type, data: { aggregateId: id, revision } };
    const { position } = await this.#record(decision, loaded, [answer], metadata);
    return { id, revision, position, recorded: [] };
  }

  /** Appends to the stream that a decision rests on, which may not have moved on since. */
  async #record<Domain extends DomainCommand, State, Event extends DomainEvent>(
    { aggregate, command, digest }: Decision<Domain, State, Event>,
    loaded: Loaded<State, Event>,
    events: readonly DecidedEvent<DomainEvent>[],
    metadata: Omit<EventMetadata, 'schema'>,
  ): Promise<AppendResult> {
    const { commandId, effectiveOn, recordedAt } = metadata;
    // A store that has seen an append before answers it as a repeat, by its ids alone. The instant tells the attempts of
    // one caller apart, and what is said those of several; the stream, what a caller asks of several things under one key.
    const said = command.context.repeatable ? [digest, effectiveOn, JSON.stringify(events)] : [];
    const envelopes = events.map((event, index): EventEnvelope => {
      const { data, schema } = this.catalog.encode(event);
      const id = idOf(commandId, loaded.stream, recordedAt, String(index), ...said);
      return {
        id,
        type: event.type,
        data,
        metadata: storableMetadata(event.type, { ...ofItsDay(metadata, event), schema }),
      };
    });
    const { connection, kept, revision = 'no-stream' } = loaded;
    const appended = await this.store.append(loaded.stream, envelopes, revision, { connection, whole: kept });
    this.#loader.follow(aggregate, loaded, envelopes, appended);
    return appended;
  }

  /** A clock that was set back must not make a stream tell its story out of order. */
  #recordedAt(loaded: { readonly recordedAt: string }): string {
    const now = this.clock.now().toISOString();
    return now < loaded.recordedAt ? loaded.recordedAt : now;
  }
}

/**
 * The rules by which a decision is doubted, and is confirmed.
 * @throws RuleViolation where its day cannot be meant; Doubtful where something else is doubted that is not confirmed
 */
async function confirmedOf<Domain extends DomainCommand, State, Event extends DomainEvent>(
  { support, tellDoubts }: Decision<Domain, State, Event>,
  doubted: Doubted<Domain, State>,
  lookup: StateLookup,
): Promise<readonly string[]> {
  const { confirm = [], settled } = doubted.command.context;
  if (!settled) refuseFarDay(doubted.command.context, doubted.today);
  const doubts = [
    ...doubtsOfDays(doubted.command.context, doubted.today),
    ...((await support.doubts?.(doubted, lookup)) ?? []),
  ];
  const open = doubts.filter(({ rule }) => !confirm.includes(rule));
  if (open.length > 0 && !settled) {
    if (!tellDoubts) throw new Doubtful(open);
    tellDoubts(open);
  }
  return rulesOf(doubts.filter(({ rule }) => confirm.includes(rule)));
}

/** The state that events lead to before they are recorded. */
function stateAfter<Domain extends DomainCommand, State, Event extends DomainEvent>(
  { decider }: Aggregate<Domain, State, Event>,
  { position, revision = -1, state }: Loaded<State, Event>,
  events: readonly DecidedEvent<Event>[],
  metadata: Omit<EventMetadata, 'schema'>,
): State {
  return events.reduce((known, event, index) => {
    const place = { id: metadata.commandId, revision: revision + 1 + index, position };
    return decider.evolve(known, factOf<Event>({ ...event, ...place, metadata: ofItsDay(metadata, event) }));
  }, state);
}

/** What is told with an event: of the command's day, unless it speaks of another itself. */
const ofItsDay = (metadata: Omit<EventMetadata, 'schema'>, { effectiveOn }: DecidedEvent<object>) =>
  effectiveOn === undefined ? metadata : { ...metadata, effectiveOn };

/** The answer to a command that changed nothing and does not come again. */
const nothingChanged = (
  { command: { id } }: { readonly command: { readonly id: string } },
  { position, version: revision = 0 }: Loaded<unknown, DomainEvent>,
): Receipt => ({ id, revision, position, recorded: [] });

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
    ...provenanceOf(context),
  };
}

/** What is told of a correction that was said before what it corrects. What is not attested is said as it is recorded. */
const saidAfterOf = ({ attested }: CommandContext, day: string | undefined): Pick<EventMetadata, 'saidAfter'> =>
  attested && day !== undefined && attested.on < day ? { saidAfter: day } : {};

function digestOfCommand({ context, data, id, type }: DecisionCommand): string {
  const { attested, corrects, decision = null, effectiveOn = null } = context;
  const told = { ...(corrects && { corrects }), ...(attested && { attested }) };
  return digestOf({ type, id, data, effectiveOn, decision, ...told });
}

function checkBody({ context, type }: DecisionCommand, actsFor: ActsFor): void {
  const bodies = typeof actsFor === 'string' ? [actsFor] : (actsFor ?? []);
  if (context.actor.body !== undefined && bodies.includes(context.actor.body)) return;
  throw new Forbidden(otherBody({ command: type, body: bodies[0] ?? noBody }));
}

/** @throws Forbidden, RuleViolation where what is said to be attested cannot be */
function checkProvenance({ actor, attested, invented }: CommandContext, today: string): void {
  if ((attested || invented) && actor.role !== 'controller')
    throw new Forbidden(othersProvenance({ role: actor.role }));
  if (attested && attested.on > today) throw attestedToCome({ on: attested.on, today });
}

function checkRevision({ stream, version }: Loaded<unknown, DomainEvent>, expected: number | undefined): void {
  if (expected === undefined || expected === version) return;
  throw new RevisionMismatch(stream, expected, version ?? 'no-stream');
}

const otherRoles = say(
  '{command} is for {permitted}, and this is a {role}',
  '{command} är för {permitted}, och den som frågar har rollen {role}',
);
const otherBody = say(
  'A reporter acts for its own body only, and this {command} is for {body}',
  'En rapportör handlar bara för sin egen nämnd, och detta ({command}) är för {body}',
);
const othersProvenance = say(
  'Only a controller tells when something was said in the world, and this is a {role}',
  'Bara en controller säger när något sades i världen, och den som frågar har rollen {role}',
);
const attestedToCome = rule(
  'attested-to-come',
  'Nothing was said on {on} yet: today is {today}',
  'Inget har sagts den {on} än: i dag är det {today}',
);
const noBody = term('no-body', 'no body', 'ingen nämnd');
