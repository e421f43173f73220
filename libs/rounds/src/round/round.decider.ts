import type { Aggregate } from '#deciding';
import { idOf } from '#kernel';
import { amend, cancel, extendDeadline, recallExtension } from './changing.decider.js';
import type { ChangingCommand } from './changing.decider.js';
import { decideRound, freeze, recordSnapshot, reissue } from './freezing.decider.js';
import type { FreezingCommand } from './freezing.decider.js';
import { open, openPlanned, plan } from './opening.decider.js';
import type { OpeningCommand } from './opening.decider.js';
import { markReady, recallReady, remindBodies } from './reporting.decider.js';
import type { ReportingCommand } from './reporting.decider.js';
import type { RoundEvent } from './round.events.js';
import { evolve, folding, unopened } from './round.js';
import type { Round } from './round.js';

export type RoundCommand = OpeningCommand | ChangingCommand | ReportingCommand | FreezingCommand;

/** A round of follow-up: planned, open, frozen and decided, and never back; or cancelled before it is frozen. */
export const rounds: Aggregate<RoundCommand, Round, RoundEvent> = {
  category: 'round',
  foldVersion: 4,
  decider: { initialState: unopened, decide, evolve, folding },
};

/**
 * The id of the round that a plan's files and calendar call by a key.
 * @param nth where those before it were cancelled, the how manyth round that is called so
 */
export const roundIdOf = (tenant: string, planId: string, key: string, nth = 1): string =>
  idOf('round', tenant, planId, key, ...(nth === 1 ? [] : [String(nth)]));

function decide(command: RoundCommand, round: Round): RoundEvent[] {
  switch (command.type) {
    case 'PlanRound':
      return plan(command, round);
    case 'OpenRound':
      return open(command, round);
    case 'OpenPlannedRound':
      return openPlanned(command, round);
    case 'AmendRound':
      return amend(command, round);
    case 'CancelRound':
      return cancel(command, round);
    case 'ExtendDeadline':
      return extendDeadline(command, round);
    case 'RecallExtension':
      return recallExtension(command, round);
    case 'MarkReady':
      return markReady(command, round);
    case 'RecallReady':
      return recallReady(command, round);
    case 'RemindBodies':
      return remindBodies(command, round);
    case 'FreezeRound':
      return freeze(command, round);
    case 'ReissueSnapshot':
      return reissue(command, round);
    case 'RecordSnapshot':
      return recordSnapshot(command, round);
    case 'DecideRound':
      return decideRound(command, round);
  }
}
