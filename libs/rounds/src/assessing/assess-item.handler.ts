import { indicators } from '#indicators';
import type { AssessmentGrounds } from '#planning';
import { rounds } from '../round/round.decider.js';
import { needAssessable } from '../round/round.js';

/** What assessments rest on, as the streams of rounds and indicators tell it. */
export const assessmentGrounds: AssessmentGrounds = {
  round: async (id, lookup) => needAssessable(await lookup.need(rounds, id)),
  needIndicator: (id, lookup) => lookup.need(indicators, id),
};
