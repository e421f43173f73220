import type { Document } from '#document-store';
import { placeOf, swedishSortKey } from '#kernel';
import type { EventMetadata, FormalDecision } from '#kernel';
import type { Cancelled } from '#organisation';
import { noDay, untilAfter } from '#projecting';
import type { Projection, Until } from '#projecting';
import type { PlanContent } from '../../plan.decider.js';
import type { PlanEvent } from '../../plan.events.js';
import { amendmentsOf } from '../../plan.registers.js';
import type { PropertyDays } from '../../plan.registers.js';

interface PlanDecision extends FormalDecision {
  readonly about: 'adoption' | 'amendment';
  readonly eventId: string;
}

/** A plan as amended. */
export interface PlanDocument extends Document, PlanContent, Until {
  readonly tenant: string;
  readonly key?: string;
  readonly sortKey: string;
  /** ISO day. */
  readonly adoptedOn: string;
  /** That it should not have been adopted: then it is in no list. */
  readonly cancelled?: Cancelled;
  /** Of which day each amended property was spoken last. */
  readonly since: PropertyDays;
  /** The decisions that adopted and amended it, where they are known. */
  readonly decisions: readonly PlanDecision[];
  /** The revision of many items that is decided and not carried out yet. */
  readonly revisionUnderWay?: { readonly revisionId: string; readonly effectiveOn: string };
  readonly revision: number;
}

/** Answers: which plans are there, and what do they consist of? */
export const planDirectory: Projection<PlanDocument, PlanEvent> = {
  name: 'plans',
  version: 8,
  indexes: [
    { fields: ['tenant', 'until', '_id'] },
    { fields: ['tenant', 'sortKey', '_id'] },
    { fields: ['tenant', 'key', 'sortKey', '_id'] },
  ],
  on: {
    PlanAdopted: {
      key: ({ data }) => data.planId,
      evolve: (_, { data: { key, planId, ...content }, id: eventId, metadata, revision }) => ({
        _id: planId,
        tenant: metadata.tenant,
        ...(key && { key }),
        ...content,
        sortKey: swedishSortKey(content.title),
        adoptedOn: metadata.effectiveOn,
        since: {},
        decisions: metadata.decision ? [{ ...metadata.decision, about: 'adoption', eventId }] : [],
        ...untilAfter(undefined, metadata),
        revision,
      }),
    },
    PlanAmended: {
      key: ({ data }) => data.planId,
      evolve: (plan, { data: { planId: _, ...asked }, id: eventId, metadata, revision }) => {
        const { changed, since } = amendmentsOf(plan!.since, asked, placeOf(metadata));
        return {
          ...plan!,
          ...changed,
          sortKey: swedishSortKey(changed.title ?? plan!.title),
          since,
          ...untilAfter(plan, metadata),
          decisions: decisionsAfter(plan!.decisions, { ...metadata, eventId }),
          revision,
        };
      },
    },
    PlanCancelled: {
      key: ({ data }) => data.planId,
      evolve: (plan, { data: { reason }, metadata: { recordedAt }, revision }) => ({
        ...plan!,
        cancelled: { reason, recordedAt },
        ...untilAfter(plan, { effectiveOn: noDay, recordedAt }),
        revision,
      }),
    },
    RevisionDecided: {
      key: ({ data }) => data.planId,
      evolve: (plan, { data: { revisionId }, metadata: { effectiveOn }, revision }) => ({
        ...plan!,
        revisionUnderWay: { revisionId, effectiveOn },
        revision,
      }),
    },
    RevisionCarriedOut: {
      key: ({ data }) => data.planId,
      evolve: (plan, { revision }) => {
        const { revisionUnderWay: _, ...rest } = plan!;
        return { ...rest, revision };
      },
    },
  },
};

/** A correction that tells a decision has it take the place of the one that it corrects. */
function decisionsAfter(
  known: readonly PlanDecision[],
  { corrects, decision, eventId }: Pick<EventMetadata, 'corrects' | 'decision'> & { readonly eventId: string },
): readonly PlanDecision[] {
  if (!decision) return known;
  const place = known.findIndex((one) => one.eventId === corrects);
  if (place < 0) return [...known, { ...decision, about: 'amendment', eventId }];
  return known.with(place, { ...decision, about: known[place]!.about, eventId });
}
