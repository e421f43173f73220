import { StepProcess } from '#deciding';
import type { DecisionCommand, Receipt, SteppedDecision } from '#deciding';
import type { EventStore } from '#event-store';
import { streamName } from '#kernel';
import type { EventCatalog, RecordedEvent } from '#kernel';
import {
  organisationIdOf,
  organisations,
  reorganisation,
  reorganisationCarriedOut,
  reorganisationDecided,
  reorganisationRevoked,
} from '#organisation';
import type { ReorganisationCarriedOut, ReorganisationDecided, ReorganisationRevoked } from '#organisation';
import { CloseReorganisationCommand } from './reorganisation.commands.js';
import { commandOf, usualReason } from './reorganisation.steps.js';

/** Where the decision on a reorganisation stands in the log. */
export interface ReorganisationPlace {
  readonly tenant: string;
  /** The revision of the organisation's stream. */
  readonly at: number;
}

type Decided = ReorganisationDecided | ReorganisationRevoked;

const reasonOf = (data: Decided['data']): string => ('reason' in data ? data.reason : (data.comment ?? usualReason));

const reorganisations: SteppedDecision<Decided, ReorganisationCarriedOut> = {
  name: reorganisation,
  decided: [reorganisationDecided.type, reorganisationRevoked.type],
  closed: reorganisationCarriedOut.type,
  idOf: ({ reorganisationId }) => reorganisationId,
  steps: (data) => data.steps.map((step) => (context) => commandOf(step, reasonOf(data), context)),
  closing:
    ({ organisationId, reorganisationId }, undone) =>
    (context) =>
      new CloseReorganisationCommand(organisationId, { reorganisationId, undone }, context),
};

/** Carries out what was decided of a body that ends. */
export class ReorganisationProcess {
  readonly #process: StepProcess<Decided, ReorganisationCarriedOut>;

  /** @param execute the command bus */
  constructor(
    eventStore: Pick<EventStore, 'readStream'>,
    catalog: EventCatalog,
    execute: (command: DecisionCommand) => Promise<Receipt>,
  ) {
    this.#process = new StepProcess(eventStore, catalog, execute, reorganisations);
  }

  /**
   * @returns the event that closes the reorganisation, by whomever
   * @throws NotFound where nothing was decided at that place; StoreFailure: what is left is carried out by the next try
   */
  carryOut(
    { at, tenant }: ReorganisationPlace,
    signal?: AbortSignal,
  ): Promise<RecordedEvent<ReorganisationCarriedOut>> {
    const stream = streamName(tenant, organisations.category, organisationIdOf(tenant));
    return this.#process.carryOut(stream, at, signal);
  }
}
