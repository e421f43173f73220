import type { Actor, FormalDecision, RecordedEvent } from '#kernel';
import { stepsDocument, undoneDocument } from '#projecting';
import type { DecidedInSteps, Projection, StepsDocument, UndoneDocument } from '#projecting';
import type {
  ReorganisationDecided,
  ReorganisationEvent,
  ReorganisationKind,
  ReorganisationRevoked,
  ReorganisationStep,
  UndoneStep,
} from '../../reorganisation.events.js';

/** A reorganisation as it was decided, how it ended, and that it was taken back. One size: its steps stand beside it. */
export interface ReorganisationDocument extends DecidedInSteps {
  readonly tenant: string;
  /** The event that decided it, which led to the others. */
  readonly decidedBy: string;
  readonly effectiveOn: string;
  readonly decidedAt: string;
  readonly position: string;
  readonly actor: Actor;
  readonly decision?: FormalDecision;
  /** That it was recorded otherwise: told by the reader. */
  readonly decisionCorrected?: true;
  /** What ends, and who takes over; missing where it takes another one back. */
  readonly change?: {
    readonly kind: ReorganisationKind;
    readonly bodyId: string;
    readonly successors: readonly string[];
    readonly comment?: string;
  };
  /** The one that it takes back, and why. */
  readonly revokes?: { readonly reorganisationId: string; readonly reason: string };
  /** The one that takes it back. */
  readonly revokedBy?: string;
}

/** Answers: which reorganisations were decided, and what became of them? */
export const reorganisationDirectory: Projection<
  ReorganisationDocument,
  ReorganisationEvent,
  StepsDocument<ReorganisationStep> | UndoneDocument<UndoneStep>
> = {
  name: 'reorganisations',
  version: 2,
  indexes: [{ fields: ['tenant', 'position', '_id'] }, { fields: ['decidedBy'] }],
  on: {
    ReorganisationDecided: {
      key: ({ data }) => data.reorganisationId,
      evolve: (_, event) => {
        const { bodyId, comment, kind, successors } = event.data;
        const change = { kind, bodyId, successors, ...(comment !== undefined && { comment }) };
        return { ...decidedIn(event), change };
      },
      derive: stepsOf,
    },
    ReorganisationRevoked: {
      key: ({ data }) => [data.reorganisationId, data.revokes],
      evolve: (known, event) => {
        const { reason, reorganisationId, revokes } = event.data;
        if (known) return { ...known, revokedBy: reorganisationId };
        return { ...decidedIn(event), revokes: { reorganisationId: revokes, reason } };
      },
      derive: (source, event) => (source.before ? [] : stepsOf(source, event)),
    },
    ReorganisationCarriedOut: {
      key: ({ data }) => data.reorganisationId,
      evolve: (known, { data: { undone }, metadata }) => ({
        ...known!,
        carriedOut: { at: metadata.recordedAt, undone: undone.length },
      }),
      derive: ({ after }, { data: { undone } }) => [{ document: undoneDocument(after._id, undone) }],
    },
  },
};

const decidedIn = ({
  data: { reorganisationId, steps },
  id,
  metadata: { actor, decision, effectiveOn, recordedAt, tenant },
  position,
}: RecordedEvent<ReorganisationDecided | ReorganisationRevoked>): ReorganisationDocument => ({
  _id: reorganisationId,
  tenant,
  decidedBy: id,
  effectiveOn,
  decidedAt: recordedAt,
  position,
  actor,
  ...(decision && { decision }),
  stepsInAll: steps.length,
});

function stepsOf(
  { after }: { readonly after: ReorganisationDocument },
  { data: { steps } }: RecordedEvent<ReorganisationDecided | ReorganisationRevoked>,
) {
  return [{ document: stepsDocument(after._id, steps) }];
}
