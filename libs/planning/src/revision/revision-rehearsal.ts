import { Inject, Injectable } from '@nestjs/common';
import { CLOCK, DecisionRunner, decideWith, EVENT_STORE, RehearsalStore } from '#deciding';
import type { CommandContext, Readers } from '#deciding';
import type { EventStore } from '#event-store';
import { dayInSweden, DomainError, EventCatalog, rule, StoreFailure } from '#kernel';
import type { Clock, StoredEvent } from '#kernel';
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
  /** The events of items that it would lead to, by their streams; empty where every item would stay as it is. */
  readonly events: ReadonlyMap<string, readonly StoredEvent[]>;
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
    context: CommandContext,
    readers: Readers,
  ): Promise<Rehearsed> {
    const day = context.effectiveOn ?? dayInSweden(this.clock.now());
    const log = new RehearsalStore(this.eventStore);
    const runner = new DecisionRunner(log, this.catalog, this.clock);
    const refused: RefusedStep[] = [];
    for (const [index, step] of steps.entries()) {
      const asked = { ...context, effectiveOn: day, commandId: stepIdOf(revisionId, index), repeatable: false };
      try {
        await decideWith(runner, commandOf(step, asked), readers);
      } catch (error) {
        if (!isRefusal(error)) throw error;
        refused.push({ step: index, itemId: step.itemId, error });
      }
    }
    refused.push(...ofOtherPlans(planId, steps, log.appended));
    return { day, refused: refused.sort((one, other) => one.step - other.step), events: log.appended };
  }
}

/** Whether a step can never be carried out as things stand: another try would end the same way. */
export const isRefusal = (error: unknown): error is DomainError =>
  error instanceof DomainError && !(error instanceof StoreFailure) && !error.transient;

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
