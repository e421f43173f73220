import type { Document } from '#document-store';
import type { FormalDecision, Role } from '#kernel';
import type { Projection } from '#projecting';
import type { DecidedCategory, DecisionEvent } from '../../decision.events.js';

/** How the formal decision behind an event was corrected: by the id of the event. Grows with its corrections. */
export interface CorrectedDecision extends Document {
  readonly tenant: string;
  readonly category: DecidedCategory;
  readonly subjectId: string;
  /** The day that the event speaks of. */
  readonly effectiveOn: string;
  /** Oldest first. */
  readonly corrections: readonly {
    readonly before: FormalDecision;
    readonly decided: FormalDecision;
    readonly reason: string;
    readonly recordedAt: string;
    readonly role: Role;
  }[];
}

/** Answers: which formal decision stands behind an event, where it was recorded wrongly? */
export const correctedDecisions: Projection<CorrectedDecision, DecisionEvent> = {
  name: 'corrected-decisions',
  version: 1,
  on: {
    DecisionCorrected: {
      key: ({ data }) => data.eventId,
      evolve: (known, { data, metadata }) => {
        const { before, category, decided, eventId, reason, subjectId } = data;
        const { actor, effectiveOn, recordedAt, tenant } = metadata;
        const correction = { before, decided, reason, recordedAt, role: actor.role };
        const corrections = [...(known?.corrections ?? []), correction];
        return { _id: eventId, tenant, category, subjectId, effectiveOn, corrections };
      },
    },
  },
};
