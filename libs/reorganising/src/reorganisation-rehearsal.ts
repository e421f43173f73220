import { Inject, Injectable } from '@nestjs/common';
import {
  AggregateLoader,
  CLOCK,
  DecisionRunner,
  EVENT_STORE,
  RehearsalStore,
  rehearseSteps,
  stepIdOf,
} from '#deciding';
import type { CommandContext, Readers, RefusedPart } from '#deciding';
import type { EventStore } from '#event-store';
import { dayInSweden, EventCatalog, kindInWords, NotFound, rule, say } from '#kernel';
import type { Clock, Doubt, Said } from '#kernel';
import { bodies, dissolutionOf, DissolveBodyCommand, nameOn, reorganisation } from '#organisation';
import type { AskedReorganisation, NamedSuccessors, PreparedFacts, ReorganisationStep } from '#organisation';
import { Possessions } from './possessions.js';
import type { Possession } from './possessions.js';
import { commandOf, handsOver, stepOf, usualReason } from './reorganisation.steps.js';

/** What would come of a reorganisation. */
export interface RehearsedReorganisation extends PreparedFacts {
  /** What the body has from that day on, and who would take it over: undefined where nobody is named. */
  readonly handed: readonly Handed[];
}

export interface Handed extends Possession {
  readonly successors: readonly string[] | undefined;
}

/** Finds out what would come of a reorganisation, on all that the log holds. Nothing is recorded. */
@Injectable()
export class ReorganisationRehearsal {
  constructor(
    @Inject(EVENT_STORE) private readonly eventStore: EventStore,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(Possessions) private readonly possessions: Possessions,
  ) {}

  /** @throws NotFound where there is no such body */
  async of(asked: AskedReorganisation, context: CommandContext, readers: Readers): Promise<RehearsedReorganisation> {
    const { bodyId, comment, named, successors } = asked;
    const { tenant } = context;
    const day = this.#dayOf(context);
    const handed = (await this.possessions.of({ tenant, bodyId, day })).map((one) => ({
      ...one,
      successors: successorsOf(one, asked),
    }));
    const steps: ReorganisationStep[] = handed.map((one) =>
      stepOf(handsOver[one.category], one, { bodyId, successors: one.successors ?? [] }),
    );
    const remark = comment !== undefined && { comment };
    steps.push(stepOf(DissolveBodyCommand, { category: 'body', id: bodyId }, { successors, ...remark }));
    const { doubts, refused } = await this.rehearse(
      { steps, reason: comment ?? usualReason },
      { ...context, effectiveOn: day },
      readers,
    );
    const unnamed = handed.filter((one) => one.successors === undefined);
    const parts = [
      ...faultsOfKind(asked),
      ...(await this.#faultsOfSuccessors(successors, tenant, day)),
      ...faultsOfNamed(named, handed, successors),
      ...unnamed.map((one) => ({ field: fieldOf(one), error: nobodyNamed({ thing: one.name }) })),
      // Where nobody is named, that is what is wrong.
      ...refused.filter(({ field }) => unnamed.every((one) => fieldOf(one) !== field)),
    ];
    return { day, steps, handed, refused: parts, doubts };
  }

  /** What a body has from the day of a command on, in words: the first few. */
  async heldBy(bodyId: string, context: CommandContext): Promise<readonly Said[]> {
    const held = await this.possessions.of({ tenant: context.tenant, bodyId, day: this.#dayOf(context) });
    return held.slice(0, mostTold).map(({ category, name }) => thingIs({ kind: kindInWords(category), name }));
  }

  #dayOf({ effectiveOn }: CommandContext): string {
    return effectiveOn ?? dayInSweden(this.clock.now());
  }

  /** They are there on the day. */
  async #faultsOfSuccessors(successors: readonly string[], tenant: string, day: string): Promise<RefusedPart[]> {
    const loader = new AggregateLoader(this.eventStore, this.catalog);
    const faults: RefusedPart[] = [];
    for (const [index, id] of successors.entries()) {
      const { state } = await loader.load(bodies, tenant, id);
      const field = `successors[${index}]`;
      const known = state.status === 'registered';
      const dissolvedOn = known ? dissolutionOf(state)?.since : undefined;
      if (!known) faults.push({ field, error: new NotFound('body', id) });
      else if (dissolvedOn !== undefined && dissolvedOn <= day) {
        faults.push({ field, error: dissolved({ body: nameOn(state, {}), dissolvedOn }) });
      }
    }
    return faults;
  }

  /** Carries steps out one after another, as they would be. */
  async rehearse(
    { reason, steps }: { readonly steps: readonly ReorganisationStep[]; readonly reason: string },
    { expectedRevision: _, ...context }: CommandContext,
    readers: Readers,
  ): Promise<{ readonly refused: readonly RefusedPart[]; readonly doubts: readonly Doubt[] }> {
    const log = new RehearsalStore(this.eventStore);
    const runner = new DecisionRunner(log, this.catalog, this.clock);
    const commands = steps.map((step, index) => {
      const commandId = stepIdOf(reorganisation, context.commandId, index);
      return commandOf(step, reason, { ...context, commandId, repeatable: false, reserved: true });
    });
    const { doubts, refused } = await rehearseSteps(runner, commands, readers);
    const told = new Map(doubts.map(({ doubt }) => [`${doubt.rule} ${doubt.field}`, doubt]));
    return {
      refused: refused.map(({ error, step }) => ({ field: fieldOf(steps[step]!), error })),
      doubts: [...told.values()],
    };
  }
}

const mostTold = 20;

/** Who takes over a thing: who is named, or else who must be meant. */
function successorsOf(
  { category, id }: Possession,
  { kind, named, successors }: AskedReorganisation,
): readonly string[] | undefined {
  const said = named.find((one) => one.category === category && one.id === id);
  if (said) return said.successors;
  if (kind === 'merged') return successors;
  // A group takes everybody in; what is nobody's any more is still a group, or an item.
  if (category === 'group') return successors;
  return kind === 'dissolved' && category === 'item' ? [] : undefined;
}

function faultsOfKind({ kind, successors: { length } }: AskedReorganisation): RefusedPart[] {
  const fits = { dissolved: length === 0, merged: length === 1, split: length > 1 };
  return fits[kind] ? [] : [{ field: 'successors', error: otherNumber({ kind, successors: length }) }];
}

/** What is wrong with who is named for what. */
function faultsOfNamed(
  named: readonly NamedSuccessors[],
  handed: readonly Possession[],
  successors: readonly string[],
): RefusedPart[] {
  return named.flatMap(({ category, id, successors: given }, index) => {
    const field = `named[${index}]`;
    const stranger = given.find((one) => !successors.includes(one));
    const isTwice = named.findIndex((one) => one.id === id) < index;
    return [
      ...(handed.some((one) => one.category === category && one.id === id)
        ? []
        : [{ field, error: notItsOwn({ id }) }]),
      ...(stranger === undefined ? [] : [{ field, error: noSuccessor({ body: stranger }) }]),
      ...(isTwice ? [{ field, error: namedTwice({ id }) }] : []),
    ];
  });
}

const fieldOf = ({ category, id }: Pick<ReorganisationStep, 'category' | 'id'>): string => `${category}:${id}`;

const thingIs = say('{kind} {name}', '{kind} {name}');
const otherNumber = rule(
  'successors-of-kind',
  '{kind} was given {successors} successors: dissolved takes none, merged one, split several',
  '{kind} angavs med {successors} efterträdare: dissolved tar ingen, merged en, split flera',
);
const dissolved = rule('body-not-dissolved', '{body} was dissolved on {dissolvedOn}', '{body} upphörde {dissolvedOn}');
const nobodyNamed = rule(
  'successor-named',
  'Nobody is named who takes over {thing}',
  'Ingen är angiven som tar över {thing}',
);
const notItsOwn = rule(
  'successor-of-own',
  'The body has no {id} from that day on that could be taken over',
  'Nämnden har från den dagen inget {id} att ta över',
);
const noSuccessor = rule(
  'successor-of-body',
  '{body} is none of the bodies that take over',
  '{body} är ingen av dem som tar över',
);
const namedTwice = rule('successor-named-once', '{id} is named twice', '{id} anges två gånger');
