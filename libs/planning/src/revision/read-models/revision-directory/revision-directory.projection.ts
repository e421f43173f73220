import type { Document } from '#document-store';
import type { Actor, FormalDecision } from '#kernel';
import { ignored } from '#projecting';
import type { Projection } from '#projecting';
import type { PlanEvent } from '../../../plan/plan.events.js';
import type { RevisionStep, UndoneStep } from '../../revision.events.js';

/** A revision of many items, as it was decided, and how it ended. It ends with its closing and has no more steps by then. */
export interface RevisionDocument extends Document {
  readonly tenant: string;
  readonly planId: string;
  /** The event that decided it, which led to those of its items. */
  readonly decidedBy: string;
  readonly effectiveOn: string;
  readonly decidedAt: string;
  readonly position: string;
  readonly actor: Actor;
  readonly decision?: FormalDecision;
  /** That it was recorded otherwise: told by the reader. */
  readonly decisionCorrected?: true;
  readonly comment?: string;
  readonly steps: readonly RevisionStep[];
  /** How it ended; missing while it is under way. */
  readonly carriedOut?: { readonly at: string; readonly undone: readonly UndoneStep[] };
}

/** Answers: which revisions of many items were decided in a plan, and what became of them? */
export const revisionDirectory: Projection<RevisionDocument, PlanEvent> = {
  name: 'revisions',
  version: 1,
  indexes: [{ fields: ['tenant', 'planId', 'position', '_id'] }, { fields: ['decidedBy'] }],
  on: {
    PlanAdopted: ignored,
    PlanAmended: ignored,
    PlanCancelled: ignored,
    RevisionDecided: {
      key: ({ data }) => data.revisionId,
      evolve: (_, { data, id, metadata, position }) => {
        const { comment, planId, revisionId, steps } = data;
        const { actor, decision, effectiveOn, recordedAt, tenant } = metadata;
        return {
          _id: revisionId,
          tenant,
          planId,
          decidedBy: id,
          effectiveOn,
          decidedAt: recordedAt,
          position,
          actor,
          ...(decision && { decision }),
          ...(comment !== undefined && { comment }),
          steps,
        };
      },
    },
    RevisionCarriedOut: {
      key: ({ data }) => data.revisionId,
      evolve: (revision, { data: { undone }, metadata }) => ({
        ...revision!,
        carriedOut: { at: metadata.recordedAt, undone },
      }),
    },
  },
};
