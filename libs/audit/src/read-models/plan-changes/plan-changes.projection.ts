import type { Document } from '#document-store';
import { onEvery, partId, partsOf } from '#projecting';
import type { Projection } from '#projecting';
import { eventsOfPlan } from '../plan-history/event-of-plan.js';
import type { EventOfPlan } from '../plan-history/event-of-plan.js';

/** How many changes of a plan there are, of its items, indicators and rounds too. */
export interface ChangesOfPlan extends Document {
  readonly tenant: string;
  readonly changes: number;
  /** The newest instant at which anything of the plan was recorded. */
  readonly newest: string;
  /** By how many milliseconds at the most a change bears an older instant than one before it: clocks differ. */
  readonly latest: number;
}

/** Where the nth change of a plan is told. Written once. */
export interface PlaceOfChange extends Document {
  readonly planId: string;
  readonly stream: string;
  readonly revision: number;
  /** When it was recorded, where that is before `by`: a clock was behind. */
  readonly recordedAt?: string;
  /** The day on which it was said, where that is attested: ISO day. */
  readonly said?: string;
  /** The newest instant up to this change. It rises with the ordinals. */
  readonly by: string;
}

const digits = 12;

/** The id of a place. @param ordinal how many changes of the plan come before it */
export const placeId = (planId: string, ordinal: number): string =>
  partId(planId, String(ordinal).padStart(digits, '0'));
/** How many changes of the plan come before a place. */
export const ordinalOf = ({ _id }: PlaceOfChange): number => Number(_id.slice(-digits));

/** Answers: which are the changes of a plan between two instants, and how many? A document for each of them, numbered. */
export const planChanges: Projection<ChangesOfPlan, EventOfPlan, PlaceOfChange> = {
  name: 'plan-changes',
  version: 3,
  indexes: [{ fields: ['planId', 'by', '_id'] }],
  on: onEvery(eventsOfPlan, {
    // A decision about what is the tenant's is no change of a plan.
    key: ({ data }) => data.planId ?? [],
    evolve: (plan, { data, metadata: { recordedAt, tenant } }): ChangesOfPlan => ({
      _id: data.planId!,
      tenant,
      changes: (plan?.changes ?? 0) + 1,
      newest: plan && plan.newest > recordedAt ? plan.newest : recordedAt,
      latest: Math.max(plan?.latest ?? 0, plan ? Date.parse(plan.newest) - Date.parse(recordedAt) : 0),
    }),
    derive: ({ after, before }, { metadata: { attested, recordedAt }, revision, stream }) => {
      const planId = after._id;
      const by = after.newest;
      const instants = { ...(recordedAt < by && { recordedAt }), ...(attested && { said: attested.on }), by };
      const _id = placeId(planId, before?.changes ?? 0);
      return [{ document: { _id, planId, stream, revision, ...instants } }];
    },
  }),
};

export const placesOfChanges = partsOf<PlaceOfChange>(planChanges);
