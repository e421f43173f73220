import { NotFound } from '#kernel';
import type { RoundFact } from '#planning';
import type { Round } from '../round/round.js';

/** What an assessment is told of the round that it is made in. @throws NotFound */
export function roundFact(id: string, round: Round): RoundFact {
  if (round.status === 'unopened') throw new NotFound('round', id);
  const { label, othersMayContribute, planId, referenceDate, scope } = round;
  const isCancelled = round.status === 'cancelled';
  const content = { label, planId, referenceDate, scope, othersMayContribute };
  return { ...content, isOpened: round.status !== 'planned', isCancelled };
}
