import { Inject, Injectable } from '@nestjs/common';
import { AggregateLoader, CLOCK, DecisionRunner, EVENT_STORE, RehearsalStore, rehearseSteps } from '#deciding';
import type { CommandContext, Readers } from '#deciding';
import type { EventStore } from '#event-store';
import { dayInSweden, EventCatalog, rule } from '#kernel';
import type { Clock, Doubt, StoredEvent } from '#kernel';
import { items } from '../item/item.aggregate.js';
import type { ItemEvent } from '../item/item.events.js';
import { numberIdOf, numbers } from '../numbers/number.js';
import { candidates, faultOf } from '../numbers/reserve-numbers.js';
import { takenNumbers } from '../numbers/taken-numbers.js';
import type { StateOfItem, TakenNumber } from '../numbers/taken-numbers.js';
import type { RefusedStep } from './revision-refused.js';
import type { RevisionStep } from './revision.events.js';
import { commandOf, stepIdOf } from './revision.steps.js';

/** A revision as it is asked for. */
export interface AskedRevision {
  readonly planId: string;
  readonly revisionId: string;
  readonly steps: readonly RevisionStep[];
}

/** What would come of a revision. */
export interface Rehearsed {
  /** The day that it speaks of. */
  readonly day: string;
  /** Every step that could not be carried out. */
  readonly refused: readonly RefusedStep[];
  /** What looks like a mistake in its steps, and is not confirmed. */
  readonly doubts: readonly Doubt[];
  /** The events of items that it would lead to, by their streams; empty where every item would stay as it is. */
  readonly events: ReadonlyMap<string, readonly StoredEvent[]>;
  /** The numbers that its items would take. */
  readonly taken: readonly TakenNumber[];
  /** Gives the state that an item would have. */
  readonly stateOf: StateOfItem;
}

/** Finds out what would come of a revision, on all that the log holds. Nothing is recorded. */
@Injectable()
export class RevisionRehearsal {
  constructor(
    @Inject(EVENT_STORE) private readonly eventStore: EventStore,
    @Inject(EventCatalog) private readonly catalog: EventCatalog,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Carries the steps out one after another, as they would be; a step that is refused holds up none of the others. */
  async of(
    { planId, revisionId, steps }: AskedRevision,
    { expectedRevision: _, ...context }: CommandContext,
    readers: Readers,
  ): Promise<Rehearsed> {
    const day = context.effectiveOn ?? dayInSweden(this.clock.now());
    const log = new RehearsalStore(this.eventStore);
    const runner = new DecisionRunner(log, this.catalog, this.clock);
    const commands = steps.map((step, index) => {
      const commandId = stepIdOf(revisionId, index);
      return commandOf(step, { ...context, effectiveOn: day, commandId, repeatable: false, reserved: true });
    });
    const rehearsed = await rehearseSteps(runner, commands, readers);
    const refused: RefusedStep[] = rehearsed.refused.map((one) => ({ ...one, itemId: steps[one.step]!.itemId }));
    const doubts = rehearsed.doubts.map(({ doubt, step }) => ofStep(doubt, steps[step]!, step));
    refused.push(...ofOtherPlans(planId, steps, log.appended));
    const { stateOf, taken } = await this.#takenBy(log, context.tenant);
    refused.push(...(await this.#doubles(taken, { stateOf, steps, tenant: context.tenant, readers })));
    refused.sort((one, other) => one.step - other.step);
    return { day, refused, doubts: eachOnce(doubts), events: log.appended, taken, stateOf };
  }

  /** The numbers that items take by what was rehearsed. */
  async #takenBy(log: RehearsalStore, tenant: string) {
    const before = new AggregateLoader(this.eventStore, this.catalog);
    const after = new AggregateLoader(log, this.catalog);
    const stateOf: StateOfItem = async (itemId) => (await after.load(items, tenant, itemId)).state;
    const taken: TakenNumber[] = [];
    for (const events of log.appended.values()) {
      const itemId = events[0]!.data['itemId'] as string;
      const { state } = await before.load(items, tenant, itemId);
      taken.push(...takenNumbers(itemId, state, (await stateOf(itemId))!, events as readonly ItemEventData[]));
    }
    return { stateOf, taken };
  }

  /** Numbers that others would have at the same time: those of the revision, and those that ever claimed them. */
  async #doubles(
    taken: readonly TakenNumber[],
    { readers, stateOf, steps, tenant }: DoublesSought,
  ): Promise<RefusedStep[]> {
    const claims = new AggregateLoader(this.eventStore, this.catalog);
    const found: RefusedStep[] = [];
    for (const one of taken) {
      const { itemId } = one;
      const { state } = await claims.load(numbers, tenant, numberIdOf(one));
      const others = await candidates(one, state, { reader: readers, tenant });
      for (const other of new Set([...others, ...taken.map((each) => each.itemId)])) {
        const error = other === itemId ? undefined : faultOf(one, await stateOf(other));
        const step = steps.findLastIndex((each) => each.itemId === itemId && 'number' in each.data);
        if (error) found.push({ step: Math.max(step, 0), itemId, error });
      }
    }
    return found;
  }
}

/** A doubt of a step, at the place where what is doubted was said: a step speaks of the day of the revision, and rests on its decision. */
function ofStep(doubt: Doubt, { effectiveOn }: RevisionStep, step: number): Doubt {
  const { field } = doubt;
  const isOfAll = (field === 'effectiveOn' && effectiveOn === undefined) || field.startsWith('decision.');
  return isOfAll ? doubt : { ...doubt, field: `steps[${step}].asked${field && `.${field}`}` };
}

function eachOnce(doubts: readonly Doubt[]): readonly Doubt[] {
  const places = doubts.map(({ field, rule }) => `${rule} ${field}`);
  return doubts.filter((_, index) => places.indexOf(places[index]!) === index);
}

type ItemEventData = Pick<ItemEvent, 'data'> & StoredEvent;

interface DoublesSought {
  readonly stateOf: StateOfItem;
  readonly steps: readonly RevisionStep[];
  readonly tenant: string;
  readonly readers: Readers;
}

/** A plan decides on its own items. */
function ofOtherPlans(
  planId: string,
  steps: readonly RevisionStep[],
  events: ReadonlyMap<string, readonly StoredEvent[]>,
): RefusedStep[] {
  const strangers = new Set(
    [...events.values()]
      .flat()
      .filter(({ data }) => data['planId'] !== planId)
      .map(({ data }) => data['itemId']),
  );
  return steps.flatMap(({ itemId }, step) =>
    strangers.has(itemId) ? [{ step, itemId, error: itemElsewhere({ itemId }) }] : [],
  );
}

const itemElsewhere = rule(
  'item-of-plan',
  'The item {itemId} belongs to another plan',
  'Uppdraget {itemId} hör till en annan plan',
);
