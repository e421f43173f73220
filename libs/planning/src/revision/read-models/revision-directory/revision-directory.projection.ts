import type { Actor, FormalDecision } from '#kernel';
import { ignored, stepsDocument, undoneDocument } from '#projecting';
import type { DecidedInSteps, Projection, StepsDocument, UndoneDocument } from '#projecting';
import type { PlanEvent } from '../../../plan/plan.events.js';
import type { RevisionStep, UndoneStep } from '../../revision.events.js';

/** A revision of many items, as it was decided, and how it ended. One size: its steps stand beside it. */
export interface RevisionDocument extends DecidedInSteps {
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
  /** How many items its steps are about. */
  readonly items: number;
}

/** Answers: which revisions of many items were decided in a plan, and what became of them? */
export const revisionDirectory: Projection<
  RevisionDocument,
  PlanEvent,
  StepsDocument<RevisionStep> | UndoneDocument<UndoneStep>
> = {
  name: 'revisions',
  version: 2,
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
          stepsInAll: steps.length,
          items: new Set(steps.map(({ itemId }) => itemId)).size,
        };
      },
      derive: ({ after }, { data: { steps } }) => [{ document: stepsDocument(after._id, steps) }],
    },
    RevisionCarriedOut: {
      key: ({ data }) => data.revisionId,
      evolve: (revision, { data: { undone }, metadata }) => ({
        ...revision!,
        carriedOut: { at: metadata.recordedAt, undone: undone.length },
      }),
      derive: ({ after }, { data: { undone } }) => [{ document: undoneDocument(after._id, undone) }],
    },
  },
};
