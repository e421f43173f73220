import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE, stepIdOf, stepsDone } from '#deciding';
import type { EventStore } from '#event-store';
import type { PagePart } from '#http-api';
import { NotFound } from '#kernel';
import { ReadModels, stepsBeside, withoutSteps } from '#projecting';
import type { StepsOfDecision } from '#projecting';
import { Decisions } from '../../../decision/read-models/corrected-decisions/decisions.js';
import { reorganisation } from '../../reorganisation.decider.js';
import type { ReorganisationStep, UndoneStep } from '../../reorganisation.events.js';
import { reorganisationDirectory } from './reorganisation-directory.projection.js';
import type { ReorganisationDocument } from './reorganisation-directory.projection.js';
import type { ReorganisationUnderWay } from './reorganisation.view.js';

/** Tells of reorganisations, and what one that is under way lacks. */
@Injectable()
export class ReorganisationReader {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(EVENT_STORE) private readonly eventStore: Pick<EventStore, 'readAll'>,
  ) {}

  /** Newest first. */
  async page(tenant: string, { limit, offset }: PagePart) {
    const newestFirst = { sort: { position: -1, _id: 1 }, skip: offset, limit } as const;
    const items = await this.readModels.find(reorganisationDirectory, { tenant }, newestFirst);
    const total = await this.readModels.count(reorganisationDirectory, { tenant });
    return { items: await this.#withDecisions(tenant, items), total, limit, offset };
  }

  /** @throws NotFound */
  async reorganisation(tenant: string, id: string): Promise<ReorganisationDocument> {
    const found = await this.readModels.get(reorganisationDirectory, id);
    if (found?.tenant !== tenant) throw new NotFound(reorganisation, id);
    return (await this.#withDecisions(tenant, [found]))[0]!;
  }

  /** The one that is decided and not carried out yet; undefined where none is. There is one at a time. */
  async underWay(tenant: string): Promise<ReorganisationUnderWay | undefined> {
    const newest = { sort: { position: -1, _id: 1 }, limit: 1 } as const;
    const [found] = await this.readModels.find(reorganisationDirectory, { tenant }, newest);
    if (!found || found.carriedOut) return undefined;
    const { _id: reorganisationId, effectiveOn } = found;
    const { steps } = await this.steps(found);
    const lacking = await this.lacking(found, steps);
    return { reorganisationId, effectiveOn, steps: steps.length, lacking: lacking.length };
  }

  /** What a reorganisation asks for, and what of that could not be carried out. */
  steps({ _id }: ReorganisationDocument): Promise<StepsOfDecision<ReorganisationStep, UndoneStep>> {
    return stepsBeside(this.readModels, reorganisationDirectory, _id);
  }

  /** The places of the steps that were not carried out yet, as the log tells now. Nothing where it is closed. */
  async lacking(found: ReorganisationDocument, steps: readonly ReorganisationStep[]): Promise<number[]> {
    if (found.carriedOut) return [];
    const ids = steps.map((_, step) => stepIdOf(reorganisation, found._id, step));
    const done = await stepsDone(this.eventStore, found, ids);
    return [...steps.keys()].filter((step) => !done.has(ids[step]!));
  }

  /** With their formal decisions as they were corrected. */
  async #withDecisions(
    tenant: string,
    found: readonly ReorganisationDocument[],
  ): Promise<readonly ReorganisationDocument[]> {
    const events = found.map(({ decidedBy: eventId }) => ({ eventId }));
    const decisions = await Decisions.of(this.readModels, tenant, events);
    return found.map(withoutSteps).map((one) => {
      const { decidedBy: eventId, decision } = one;
      return { ...one, ...(decision && decisions.behind({ eventId, decision })) };
    });
  }
}
