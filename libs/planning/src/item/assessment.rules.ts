import { rule, sameWhenStored } from '#kernel';
import type { RoundFact } from './assessment.lookups.js';
import type { ToldAssessment } from './assessment.told.js';
import { isDiscontinued } from './item.js';
import type { Assessment } from './item.js';
import type { ItemProperties } from './item.properties.js';
import { timesJudged } from './item.state.js';
import type { JudgedItem } from './item.state.js';

/** @throws RuleViolation where the item has no such assessment, or it was withdrawn */
export function standingAssessment(told: ToldAssessment | undefined, id: string): ToldAssessment {
  const known = knownAssessment(told, id);
  if (known.isWithdrawn) throw withdrawn();
  return known;
}

/** @throws RuleViolation where the item has no such assessment */
export function knownAssessment(told: ToldAssessment | undefined, id: string): ToldAssessment {
  if (!told) throw notOfItem({ assessmentId: id });
  return told;
}

/** @throws RuleViolation where what withdraws an assessment, or takes that back, is to speak of another day than it */
export function checkDay({ effectiveOn }: Assessment, day: string): void {
  if (day !== effectiveOn) throw otherDay({ day, effectiveOn });
}

/** @throws RuleViolation where nothing more is said in the round */
export function checkRoundGoesOn({ isCancelled, label }: RoundFact): void {
  if (isCancelled) throw roundCancelled({ round: label });
}

/** @throws RuleViolation where the item is not assessed in the round */
export function checkRound(round: RoundFact, item: ItemProperties): void {
  const { adoptedOn, kind, lifecycle, planId } = item;
  const { isOpened, label, referenceDate, scope } = round;
  checkRoundGoesOn(round);
  if (!isOpened) throw notOpen({ round: label });
  if (round.planId !== planId) throw roundOfOtherPlan({ round: label });
  if (!scope.includes(kind)) {
    throw kindOutOfScope({ round: label, scope, kind });
  }
  if (adoptedOn > referenceDate) {
    throw adoptedLater({ adoptedOn, referenceDate });
  }
  if (isDiscontinued(item, referenceDate)) {
    throw discontinuedBefore({ since: lifecycle.since, referenceDate });
  }
}

/** @throws RuleViolation where the body was dissolved by the day that the round speaks of */
export function checkBody(dissolvedOn: string | undefined, { referenceDate }: RoundFact): void {
  if (dissolvedOn !== undefined && dissolvedOn <= referenceDate) throw bodyDissolved({ dissolvedOn });
}

/** @throws RuleViolation where the round takes no contribution of the body to the item */
export function checkContribution(isTaken: boolean, { label, referenceDate }: RoundFact): void {
  if (!isTaken) throw notConcerned({ round: label, referenceDate });
}

/** So often a body may judge an item in a round, corrections counted in: what is said in a round is kept together. */
const mostInRound = 100;

/** @throws RuleViolation where a body has said so much of the item in the round that nothing is added to it */
export function checkTimes(item: JudgedItem, { bodyId, roundId }: Pick<Assessment, 'bodyId' | 'roundId'>): void {
  if (timesJudged(item, roundId, bodyId) < mostInRound) return;
  throw saidTooOften({ times: mostInRound });
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
  throw levelUnknown({ level, levels });
}

type Said = Pick<Assessment, 'level' | 'motivation' | 'evidence'>;

export const saysTheSame = (left: Said, right: Said): boolean => sameWhenStored(saidIn(left), saidIn(right));

const saidIn = ({ evidence, level, motivation }: Said) => ({ evidence, level, motivation });

const notOfItem = rule(
  'assessment-of-item',
  'The item has no assessment {assessmentId}',
  'Uppdraget har ingen bedömning {assessmentId}',
);
const withdrawn = rule('assessment-stands', 'The assessment has been withdrawn', 'Bedömningen har återkallats');
const otherDay = rule(
  'day-of-assessment',
  'An assessment is withdrawn, and stands again, on its own day, {effectiveOn}, and not on {day}',
  'En bedömning återkallas, och gäller igen, på sin egen dag, {effectiveOn}, och inte {day}',
);
const roundCancelled = rule(
  'round-not-cancelled',
  '{round} was cancelled, and nothing more is said in it',
  '{round} är inställd och inget mer sägs i den',
);
const saidTooOften = rule(
  'judgements-in-round',
  'The body has judged and corrected {times} times in the round, and can withdraw what it said alone',
  'Nämnden har bedömt och rättat {times} gånger i uppföljningen och kan bara återkalla vad den har sagt',
);
const levelUnknown = rule(
  'level-on-scale',
  '{level} is no level of the scale; it has {levels}',
  '{level} är ingen nivå på skalan; den har {levels}',
);
const notConcerned = rule(
  'item-concerns-body',
  'On {referenceDate} the item did not concern the body, and {round} takes contributions from no others',
  'Uppdraget berörde inte nämnden {referenceDate}, och {round} tar inte emot bidrag från andra',
);
const bodyDissolved = rule(
  'body-not-dissolved',
  'The body was dissolved on {dissolvedOn}',
  'Nämnden upphörde {dissolvedOn}',
);
const notOpen = rule('round-open', '{round} is not open yet', '{round} är inte öppen ännu');
const roundOfOtherPlan = rule('round-of-plan', '{round} follows up another plan', '{round} följer upp en annan plan');
const kindOutOfScope = rule(
  'kind-in-scope',
  '{round} assesses {scope}, and the item is {kind}',
  '{round} bedömer {scope}, och uppdraget är av slaget {kind}',
);
const adoptedLater = rule(
  'item-in-force',
  'The item was adopted on {adoptedOn}, after {referenceDate}',
  'Uppdraget fastställdes {adoptedOn}, efter {referenceDate}',
);
const discontinuedBefore = rule(
  'item-in-force',
  'The item was discontinued on {since}, and the round speaks of {referenceDate}',
  'Uppdraget upphörde {since}, och uppföljningen avser {referenceDate}',
);
