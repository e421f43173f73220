import { decidesOn, DecisionCommand } from '#deciding';
import type { Role } from '#kernel';
import { needBody } from '../body/body.commands.js';
import { DecidedEvents } from './decided-events.js';
import { decisions } from './decision.decider.js';
import type { CorrectDecision } from './decision.decider.js';

const permitted: readonly Role[] = ['controller', 'administrator'];

export class CorrectDecisionCommand extends DecisionCommand<CorrectDecision> {
  static readonly permitted = permitted;
  /** The first correction of a decision begins its stream. */
  static readonly creates = true;
  readonly type = 'CorrectDecision';
}

export const decisionCommandHandlers = [
  decidesOn(CorrectDecisionCommand, decisions, {
    about: (_data, _lookup, corrects) => Promise.resolve(corrects),
    facts: async ({ context: { tenant }, data, id }, lookup) => {
      const { category, decided, subjectId } = data;
      const event = await lookup.reader(DecidedEvents).find({ tenant, category, subjectId, eventId: id });
      await needBody(decided.bodyId, lookup);
      return event;
    },
    effectiveOn: ({ effectiveOn }) => effectiveOn,
    corrects: (_facts, eventId) => eventId,
  }),
];
