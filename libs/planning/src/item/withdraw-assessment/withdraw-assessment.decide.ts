import type { DomainCommand } from '#kernel';
import { aboutOf, isWithdrawn, standingAssessment } from '../assessment.rules.js';
import { ofAdopted, subjectOf } from '../item.rules.js';

export type WithdrawAssessment = DomainCommand<'WithdrawAssessment', { assessmentId: string; reason: string }, void>;

export const withdrawAssessment = ofAdopted<WithdrawAssessment>((command, item) => {
  const { assessmentId, reason } = command.data;
  if (isWithdrawn(item, assessmentId)) return [];
  const about = aboutOf(standingAssessment(item, assessmentId));
  return [{ type: 'AssessmentWithdrawn', data: { ...subjectOf(command, item), ...about, reason } }];
});
