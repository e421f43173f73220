import { rule } from '#kernel';
import type { DomainCommand } from '#kernel';
import { recordable } from './missing-list.js';
import type { MissingPart } from './missing-list.js';
import type { RoundEvent } from './round.events.js';
import { needOpen } from './round.js';
import type { OpenedRound, Round } from './round.js';
import { missingOf } from './standing.js';
import type { BodyStanding } from './standing.js';

export interface StandingFacts {
  /** The bodies that owe assessments in the round, and what each of them lacks. */
  readonly standing: readonly BodyStanding[];
}

/** A body says that its assessments are complete: who said it and when is the event's own. */
export type MarkReady = DomainCommand<'MarkReady', { bodyId: string; comment?: string }, StandingFacts>;
/** A body takes it back. */
export type RecallReady = DomainCommand<'RecallReady', { bodyId: string; reason: string }, void>;
/** Every body that is not ready is told what it lacks. */
export type RemindBodies = DomainCommand<'RemindBodies', object, StandingFacts>;
export type ReportingCommand = MarkReady | RecallReady | RemindBodies;

/** A body may be ready with items missing: the coverage goes on telling which. */
export function markReady({ data, facts, id }: MarkReady, round: Round): RoundEvent[] {
  const { label, planId, ready } = needOpen(round);
  const { bodyId, comment } = data;
  if (!facts.standing.some((body) => body.bodyId === bodyId)) {
    throw owesNothing({ round: label });
  }
  if (ready[bodyId] && ready[bodyId].comment === comment) return [];
  return [{ type: 'BodyReported', data: { roundId: id, planId, bodyId, ...(comment !== undefined && { comment }) } }];
}

export function recallReady({ data, id }: RecallReady, round: Round): RoundEvent[] {
  const { planId, ready } = needOpen(round);
  const { bodyId, reason } = data;
  if (!ready[bodyId]) return [];
  return [{ type: 'BodyReportRecalled', data: { roundId: id, planId, bodyId, reason } }];
}

/** A body that has assessed everything and not said so is reminded to say so. Where all are ready, nobody is. */
export function remindBodies({ facts, id }: RemindBodies, round: Round): RoundEvent[] {
  const open = needOpen(round);
  const notReady = notReadyIn(open, facts);
  if (notReady.length === 0) return [];
  const subject = { roundId: id, planId: open.planId };
  const { parts, told } = recordable(missingOf(notReady));
  return [...listed(subject, parts), { type: 'RoundReminded', data: { ...subject, ...told } }];
}

/** The parts of a list of what is missing, as events. */
export const listed = (subject: { roundId: string; planId: string }, parts: readonly MissingPart[]): RoundEvent[] =>
  parts.map((part) => ({ type: 'RoundMissingListed', data: { ...subject, ...part } }));

/** The bodies that owe assessments and are not ready. */
export function notReadyIn({ ready }: OpenedRound, { standing }: StandingFacts): readonly BodyStanding[] {
  return standing.filter(({ bodyId }) => !ready[bodyId]);
}

const owesNothing = rule(
  'body-owes-assessments',
  'The body owes no assessments in {round}',
  'Nämnden ska inte göra några bedömningar i {round}',
);
