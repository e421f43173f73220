import type { Document } from '#document-store';
import type { Projection } from '#projecting';
import type { RoundEvent, RoundOpened } from './round.events.js';

export interface RoundDocument extends Document, Omit<RoundOpened['data'], 'roundId'> {
  readonly tenant: string;
}

/** Answers: which rounds does a plan have, and which day does each speak of? */
export const roundDirectory: Projection<RoundDocument, RoundEvent> = {
  name: 'rounds',
  version: 1,
  indexes: [{ fields: ['tenant', 'planId', 'referenceDate'] }],
  on: {
    RoundOpened: {
      key: ({ data }) => data.roundId,
      evolve: (_, { data: { roundId, ...content }, metadata: { tenant } }) => ({ _id: roundId, tenant, ...content }),
    },
  },
};
