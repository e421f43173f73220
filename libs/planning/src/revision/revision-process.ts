import { StepProcess } from '#deciding';
import type { DecisionCommand, Receipt, SteppedDecision } from '#deciding';
import type { EventStore } from '#event-store';
import { streamName } from '#kernel';
import type { EventCatalog, RecordedEvent } from '#kernel';
import { CloseRevisionCommand } from './revision.commands.js';
import { revisionCarriedOut, revisionDecided } from './revision.events.js';
import type { RevisionCarriedOut, RevisionDecided } from './revision.events.js';
import { commandOf, revision } from './revision.steps.js';

/** Where the decision on a revision stands in the log. */
export interface RevisionPlace {
  readonly tenant: string;
  readonly planId: string;
  /** The revision of the plan's stream. */
  readonly at: number;
}

const revisions: SteppedDecision<RevisionDecided, RevisionCarriedOut> = {
  name: revision,
  decided: [revisionDecided.type],
  closed: revisionCarriedOut.type,
  idOf: ({ revisionId }) => revisionId,
  steps: ({ steps }) => steps.map((step) => (context) => commandOf(step, context)),
  closing: ({ planId, revisionId, steps }, undone) => {
    const told = undone.map((one) => ({ ...one, itemId: steps[one.step]!.itemId }));
    return (context) => new CloseRevisionCommand(planId, { revisionId, undone: told }, context);
  },
};

/** Carries out what was decided of many items of a plan. */
export class RevisionProcess {
  readonly #process: StepProcess<RevisionDecided, RevisionCarriedOut>;

  /** @param execute the command bus */
  constructor(
    eventStore: Pick<EventStore, 'readStream'>,
    catalog: EventCatalog,
    execute: (command: DecisionCommand) => Promise<Receipt>,
  ) {
    this.#process = new StepProcess(eventStore, catalog, execute, revisions);
  }

  /**
   * @returns the event that closes the revision, by whomever
   * @throws NotFound where nothing was decided at that place; StoreFailure: what is left is carried out by the next try
   */
  carryOut({ at, planId, tenant }: RevisionPlace, signal?: AbortSignal): Promise<RecordedEvent<RevisionCarriedOut>> {
    return this.#process.carryOut(streamName(tenant, 'plan', planId), at, signal);
  }
}
