import type { DomainCommand } from '#kernel';
import { aboutOf, checkDay, checkLevel, checkTimes, saysTheSame, standingAssessment } from '../assessment.rules.js';
import type { ToldAssessment } from '../assessment.told.js';
import type { Evidence } from '../item.events.js';
import { ofAdopted, subjectOf } from '../item.rules.js';

export type CorrectAssessment = DomainCommand<
  'CorrectAssessment',
  { assessmentId: string; level?: string; motivation?: string; evidence?: readonly Evidence[]; reason: string },
  {
    /** As it was told up to now. */
    readonly assessment: ToldAssessment | undefined;
    /** The codes of the levels on the scale that the assessment was made on. */
    readonly levels: readonly string[];
  }
>;

/** What an assessment should have said is told whole. */
export const correctAssessment = ofAdopted<CorrectAssessment>((command, item) => {
  const { data, facts } = command;
  const standing = standingAssessment(facts.assessment, data.assessmentId);
  checkDay(standing, command.effectiveOn);
  const { evidence = standing.evidence, level = standing.level, motivation = standing.motivation } = data;
  if (saysTheSame(standing, { evidence, level, motivation })) return [];
  checkLevel(level, facts.levels);
  checkTimes(item, standing);
  const corrected = { level, motivation, evidence: [...evidence], reason: data.reason };
  return [{ type: 'AssessmentCorrected', data: { ...subjectOf(command, item), ...aboutOf(standing), ...corrected } }];
});
