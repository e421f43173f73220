import { decidesOn, DecisionCommand } from '#deciding';
import type { Role } from '#kernel';
import { controllers } from '../item/item.command.js';
import { checkNumber, lineUpFor } from '../numbers/reserve-numbers.js';
import { plans } from '../plan/plan.decider.js';
import type { CloseRevision, DecideRevision, RehearsedFacts } from './revision.decide.js';
import { RevisionRehearsal } from './revision-rehearsal.js';

export class DecideRevisionCommand extends DecisionCommand<DecideRevision> {
  static readonly permitted = controllers;
  readonly type = 'DecideRevision';
}

/** Comes from whoever carries a revision out; no route takes it. */
export class CloseRevisionCommand extends DecisionCommand<CloseRevision> {
  static readonly permitted: readonly Role[] = ['administrator'];
  readonly type = 'CloseRevision';
}

export const revisionCommandHandlers = [
  decidesOn(DecideRevisionCommand, plans, {
    facts: async ({ context, data, id }, { reader }): Promise<RehearsedFacts> => {
      const asked = { ...data, planId: id };
      const { events, ...rehearsed } = await reader(RevisionRehearsal).of(asked, context, reader);
      return { ...rehearsed, changes: events.size > 0 };
    },
    effectiveOn: ({ day }) => day,
    doubts: ({ facts: { doubts } }) => doubts,
    reserve: async ({ command: { id }, facts: { stateOf, taken }, revision }, reserving) => {
      for (const number of taken) {
        const others = await lineUpFor(number, { category: 'plan', id, after: revision }, reserving);
        await checkNumber(number, others, stateOf);
      }
    },
  }),
  decidesOn(CloseRevisionCommand, plans),
];
