import type { Document } from '#document-store';
import { indicatorEvents } from '#indicators';
import type { IndicatorEvent } from '#indicators';
import type { RecordedEvent } from '#kernel';
import { bodyEvents, groupEvents, reorganisationEvents } from '#organisation';
import type { BodyEvent, DecisionEvent, GroupEvent, ReorganisationEvent } from '#organisation';
import { itemEvents, planEvents, scaleEvents } from '#planning';
import type { ItemEvent, PlanEvent, ScaleEvent } from '#planning';
import { ignored, onEvery } from '#projecting';
import type { Projection, Reaction } from '#projecting';
import { roundEvents } from '#rounds';
import type { RoundEvent } from '#rounds';

/** That a stream is read for the snapshots of a plan, or for those of every plan of its tenant: `<scope>:<stream>`. */
export interface PlanStream extends Document {
  readonly tenant: string;
  /** The plan; of what is read for every plan of the tenant, the tenant. */
  readonly scope: string;
  readonly stream: string;
  /** The position of the first event that says so. */
  readonly since: string;
}

type OfTenant = BodyEvent | GroupEvent | ReorganisationEvent | ScaleEvent | PlanEvent;
type OfPlan = ItemEvent | IndicatorEvent | RoundEvent;
type OfEither = DecisionEvent;

/** Has an event name its stream for a scope. */
const namesFor = <Event extends OfTenant | OfPlan | OfEither>(
  scopeOf: (event: RecordedEvent<Event>) => string,
): Reaction<PlanStream, Event> => {
  const idOf = (event: RecordedEvent<Event>) => `${scopeOf(event)}:${event.stream}`;
  return {
    key: idOf,
    evolve: (known, event) => {
      const { metadata, position, stream } = event;
      return known ?? { _id: idOf(event), tenant: metadata.tenant, scope: scopeOf(event), stream, since: position };
    },
  };
};

/**
 * Answers: which streams does a snapshot of a plan rest on?
 *
 * Bodies, groups, scales and plans are read for every plan of their tenant; indicators, rounds and items for their own, and
 * an item also for the plan that it has a successor in. What comes by the thousand, judgements and values, names nothing: no
 * rule takes it without what its stream begins with.
 */
export const planStreams: Projection<PlanStream, OfTenant | OfPlan | OfEither> = {
  name: 'plan-streams',
  version: 3,
  indexes: [{ fields: ['tenant', 'scope', 'since'] }],
  on: {
    ...onEvery(
      [...bodyEvents, ...groupEvents, ...reorganisationEvents, ...scaleEvents, ...planEvents],
      namesFor(({ metadata }) => metadata.tenant),
    ),
    ...onEvery(
      [...itemEvents, ...indicatorEvents, ...roundEvents],
      namesFor(({ data }) => data.planId),
    ),
    // A decision about what is the tenant's is in no snapshot but for its plans', which name themselves.
    DecisionCorrected: namesFor(({ data, metadata }) => data.planId ?? metadata.tenant),
    ItemSucceeded: namesFor(({ data }) => data.successorPlanId),
    ItemAssessed: ignored,
    AssessmentCorrected: ignored,
    AssessmentWithdrawn: ignored,
    AssessmentReinstated: ignored,
    IndicatorValueRecorded: ignored,
    IndicatorValueCorrected: ignored,
  },
};
