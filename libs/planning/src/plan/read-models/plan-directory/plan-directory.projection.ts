import type { Document } from '#document-store';
import { swedishSortKey } from '#kernel';
import type { FormalDecision } from '#kernel';
import { untilAfter } from '#projecting';
import type { Projection, Until } from '#projecting';
import type { PlanContent } from '../../plan.decider.js';
import type { PlanEvent } from '../../plan.events.js';
import { amendmentsOf } from '../../plan.registers.js';
import type { PropertyDays } from '../../plan.registers.js';

/** A plan as amended. */
export interface PlanDocument extends Document, PlanContent, Until {
  readonly tenant: string;
  readonly key?: string;
  readonly sortKey: string;
  /** ISO day. */
  readonly adoptedOn: string;
  /** The day that each amended property speaks of. */
  readonly since: PropertyDays;
  /** The decisions that adopted and amended it, where they are known. */
  readonly decisions: readonly (FormalDecision & {
    readonly about: 'adoption' | 'amendment';
    readonly eventId: string;
  })[];
  /** The revision of many items that is decided and not carried out yet. */
  readonly revisionUnderWay?: { readonly revisionId: string; readonly effectiveOn: string };
  readonly revision: number;
}

/** Answers: which plans are there, and what do they consist of? */
export const planDirectory: Projection<PlanDocument, PlanEvent> = {
  name: 'plans',
  version: 5,
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
        const { decision, effectiveOn } = metadata;
        const { changed, since } = amendmentsOf(plan!.since, asked, effectiveOn);
        return {
          ...plan!,
          ...changed,
          sortKey: swedishSortKey(changed.title ?? plan!.title),
          since,
          ...untilAfter(plan, metadata),
          decisions: [...plan!.decisions, ...(decision ? [{ ...decision, about: 'amendment' as const, eventId }] : [])],
          revision,
        };
      },
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
