import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE, KnownThings, stepsDone } from '#deciding';
import type { EventStore } from '#event-store';
import type { PagePart } from '#http-api';
import { NotFound } from '#kernel';
import { Decisions } from '#organisation';
import { ReadModels, stepsBeside, withoutSteps } from '#projecting';
import type { StepsOfDecision } from '#projecting';
import type { PlanDocument } from '../../../plan/read-models/plan-directory/plan-directory.projection.js';
import { stepIdOf } from '../../revision.steps.js';
import { revisionDirectory } from './revision-directory.projection.js';
import type { RevisionStep, UndoneStep } from '../../revision.events.js';
import type { RevisionDocument } from './revision-directory.projection.js';
import type { RevisionUnderWay } from './revision.view.js';

/** Tells of revisions of many items, and what one that is under way lacks. */
@Injectable()
export class RevisionReader {
  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(EVENT_STORE) private readonly eventStore: Pick<EventStore, 'readAll'>,
    @Inject(KnownThings) private readonly known: KnownThings,
  ) {}

  /** @throws NotFound where there is no such plan */
  async page(tenant: string, planId: string, { limit, offset }: PagePart) {
    const filter = { tenant, planId };
    const newestFirst = { sort: { position: -1, _id: 1 }, skip: offset, limit } as const;
    const items = await this.readModels.find(revisionDirectory, filter, newestFirst);
    const total = await this.readModels.count(revisionDirectory, filter);
    if (total === 0) await this.known.need(tenant, 'plan', planId);
    return { items: await this.#withDecisions(tenant, items), total, limit, offset };
  }

  /** @throws NotFound */
  async revision(tenant: string, planId: string, revisionId: string): Promise<RevisionDocument> {
    const revision = await this.readModels.get(revisionDirectory, revisionId);
    if (revision?.tenant !== tenant || revision.planId !== planId) throw new NotFound('revision', revisionId);
    return (await this.#withDecisions(tenant, [revision]))[0]!;
  }

  /** What a revision asks for, and what of that could not be carried out. */
  steps({ _id }: RevisionDocument): Promise<StepsOfDecision<RevisionStep, UndoneStep>> {
    return stepsBeside(this.readModels, revisionDirectory, _id);
  }

  /** With their formal decisions as they were corrected. */
  async #withDecisions(tenant: string, revisions: readonly RevisionDocument[]): Promise<RevisionDocument[]> {
    const events = revisions.map(({ decidedBy: eventId }) => ({ eventId }));
    const decisions = await Decisions.of(this.readModels, tenant, events);
    return revisions.map(headOf).map((revision) => {
      const { decidedBy: eventId, decision } = revision;
      return { ...revision, ...(decision && decisions.behind({ eventId, decision })) };
    });
  }

  /** The revisions that some events decided, by those events. */
  async decidedBy(tenant: string, eventIds: readonly string[]): Promise<ReadonlyMap<string, RevisionDocument>> {
    if (eventIds.length === 0) return new Map();
    const found = await this.readModels.find(revisionDirectory, { decidedBy: { $in: [...new Set(eventIds)] } });
    return new Map(found.flatMap((one) => (one.tenant === tenant ? [[one.decidedBy, headOf(one)] as const] : [])));
  }

  /** What is under way in a plan, and how much of it is left; undefined where nothing is. */
  async underWay({ _id, revisionUnderWay, tenant }: PlanDocument): Promise<RevisionUnderWay | undefined> {
    if (!revisionUnderWay) return undefined;
    const revision = await this.readModels.get(revisionDirectory, revisionUnderWay.revisionId);
    // The two documents are made one after the other.
    if (revision?.tenant !== tenant || revision.planId !== _id || revision.carriedOut) return undefined;
    const { steps } = await this.steps(revision);
    const lacking = await this.lacking(revision, steps);
    const items = [...new Set(lacking.map((step) => steps[step]!.itemId))];
    return { ...revisionUnderWay, steps: steps.length, lacking: lacking.length, items };
  }

  /** The places of the steps that were not carried out yet, as the log tells now. Nothing where the revision is closed. */
  async lacking(revision: RevisionDocument, steps: readonly RevisionStep[]): Promise<number[]> {
    if (revision.carriedOut) return [];
    const ids = steps.map((_, step) => stepIdOf(revision._id, step));
    const done = await stepsDone(this.eventStore, revision, ids);
    return [...steps.keys()].filter((step) => !done.has(ids[step]!));
  }
}

const headOf = (revision: RevisionDocument): RevisionDocument => {
  // An earlier version of the documents counted no items, and held the steps.
  const { items, steps = [] } = revision as Omit<RevisionDocument, 'items'> & {
    readonly items?: number;
    readonly steps?: readonly RevisionStep[];
  };
  return { ...withoutSteps(revision), items: items ?? new Set(steps.map(({ itemId }) => itemId)).size };
};
