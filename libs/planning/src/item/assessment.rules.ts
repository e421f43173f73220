import { RuleViolation, sameWhenStored } from '#kernel';
import type { ToldAssessment } from './assessment.told.js';
import type { Assessment } from './item.js';
import { timesJudged } from './item.state.js';
import type { JudgedItem } from './item.state.js';

/** @throws RuleViolation where the item has no such assessment, or it was withdrawn */
export function standingAssessment(told: ToldAssessment | undefined, id: string): Assessment {
  if (!told) throw new RuleViolation('assessment-of-item', `The item has no assessment ${id}`);
  if (told.isWithdrawn) throw new RuleViolation('assessment-stands', 'The assessment has been withdrawn');
  return told;
}

/** So often a body may judge an item in a round, corrections counted in: what is said in a round is kept together. */
const mostInRound = 100;

/** @throws RuleViolation where a body has said so much of the item in the round that nothing is added to it */
export function checkTimes(item: JudgedItem, { bodyId, roundId }: Pick<Assessment, 'bodyId' | 'roundId'>): void {
  if (timesJudged(item, roundId, bodyId) < mostInRound) return;
  const told = `The body has judged and corrected ${mostInRound} times in the round, and can withdraw what it said alone`;
  throw new RuleViolation('judgements-in-round', told);
}

/** What an event says of the assessment that it is about. */
export const aboutOf = ({ assessmentId, bodyId, capacity, roundId }: Assessment) => ({
  assessmentId,
  roundId,
  bodyId,
  capacity,
});

export function checkLevel(level: string, levels: readonly string[]): void {
  if (levels.includes(level)) return;
  throw new RuleViolation('level-on-scale', `${level} is no level of the scale; it has ${levels.join(', ')}`);
}

type Said = Pick<Assessment, 'level' | 'motivation' | 'evidence'>;

export const saysTheSame = (left: Said, right: Said): boolean => sameWhenStored(saidIn(left), saidIn(right));

const saidIn = ({ evidence, level, motivation }: Said) => ({ evidence, level, motivation });
