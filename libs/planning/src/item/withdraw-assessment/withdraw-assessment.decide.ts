import type { DomainCommand } from '#kernel';
import { aboutOf, checkDay, standingAssessment } from '../assessment.rules.js';
import type { ToldAssessment } from '../assessment.told.js';
import { ofAdopted, subjectOf } from '../item.rules.js';

export type WithdrawAssessment = DomainCommand<
  'WithdrawAssessment',
  { assessmentId: string; reason: string },
  {
    /** As it was told up to now. */
    readonly assessment: ToldAssessment | undefined;
  }
>;

export const withdrawAssessment = ofAdopted<WithdrawAssessment>((command, item) => {
  const { assessmentId, reason } = command.data;
  const { assessment } = command.facts;
  if (assessment?.isWithdrawn) return [];
  const standing = standingAssessment(assessment, assessmentId);
  checkDay(standing, command.effectiveOn);
  return [{ type: 'AssessmentWithdrawn', data: { ...subjectOf(command, item), ...aboutOf(standing), reason } }];
});
