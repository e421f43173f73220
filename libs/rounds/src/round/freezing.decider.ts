import { RuleViolation } from '#kernel';
import type { DomainCommand, FormalDecision } from '#kernel';
import { currentRule } from './current-rule.js';
import { recordable } from './missing-list.js';
import { listed, notReadyIn } from './reporting.decider.js';
import type { StandingFacts } from './reporting.decider.js';
import type { RoundEvent } from './round.events.js';
import { isFrozen, needFrozen, needOpen } from './round.js';
import type { FrozenRound, Issue, Round } from './round.js';
import { describeStanding, missingOf } from './standing.js';

/** @param override why the round is frozen though bodies are not ready */
export type FreezeRound = DomainCommand<'FreezeRound', { override?: string }, StandingFacts>;
/** A new issue of the snapshot, after corrections. */
export type ReissueSnapshot = DomainCommand<'ReissueSnapshot', { reason: string }, void>;
/** The snapshot of an issue has been made. */
export type RecordSnapshot = DomainCommand<
  'RecordSnapshot',
  { snapshotId: string; issue: number; rule: number; sha256: string; bytes: number },
  void
>;
/** The owner of the plan has decided on an issue: the newest, where none is named. */
export type DecideRound = DomainCommand<
  'DecideRound',
  { issue?: number },
  { readonly decision: FormalDecision | undefined; /** The body that owns the plan. */ readonly ownerId: string }
>;
export type FreezingCommand = FreezeRound | ReissueSnapshot | RecordSnapshot | DecideRound;

export function freeze({ data, facts, id }: FreezeRound, round: Round): RoundEvent[] {
  if (isFrozen(round)) throw new RuleViolation('round-frozen-once', `${round.label} is frozen already`);
  const open = needOpen(round);
  const { label, planId } = open;
  const notReady = notReadyIn(open, facts);
  if (notReady.length > 0 && data.override === undefined) {
    const told = notReady.map(describeStanding).join('; ');
    throw new RuleViolation(
      'bodies-ready',
      `${label} has ${notReady.length} bodies that are not ready, and is frozen only with a reason to override: ${told}`,
    );
  }
  const override = notReady.length > 0 && data.override !== undefined && { override: data.override };
  const subject = { roundId: id, planId };
  const { parts, told } = recordable(missingOf(notReady));
  return [
    ...listed(subject, parts),
    { type: 'RoundFrozen', data: { ...subject, issue: 1, rule: currentRule, ...told, ...override } },
  ];
}

export function reissue({ data, id }: ReissueSnapshot, round: Round): RoundEvent[] {
  const { issues, planId } = needFrozen(round);
  const replaces = issues.length;
  const { reason } = data;
  return [
    {
      type: 'SnapshotReissued',
      data: { roundId: id, planId, issue: replaces + 1, rule: currentRule, replaces, reason },
    },
  ];
}

/** Recording the same bytes again changes nothing. Other bytes under the same rule mean that something has broken. */
export function recordSnapshot({ data, id }: RecordSnapshot, round: Round): RoundEvent[] {
  const frozen = needFrozen(round);
  const { label, planId } = frozen;
  const { issue: number, rule, sha256 } = data;
  const issue = needIssue(frozen, number);
  if (issue.rule !== rule) {
    throw new RuleViolation(
      'rule-of-issue',
      `Issue ${number} of ${label} follows rule ${issue.rule}, and this snapshot rule ${rule}`,
    );
  }
  if (issue.sha256 === sha256) return [];
  if (issue.sha256 !== undefined) {
    throw new RuleViolation(
      'snapshot-stays',
      `Issue ${number} of ${label} is recorded with the SHA-256 ${issue.sha256}, and these bytes have ${sha256}`,
    );
  }
  return [{ type: 'SnapshotRecorded', data: { roundId: id, planId, ...data } }];
}

export function decideRound({ data, facts, id }: DecideRound, round: Round): RoundEvent[] {
  const frozen = needFrozen(round);
  const { issues, label, planId } = frozen;
  const { issue: number = issues.length } = data;
  const issue = needIssue(frozen, number);
  if (issue.sha256 === undefined) {
    throw new RuleViolation('snapshot-recorded', `The snapshot of issue ${number} of ${label} has not been made yet`);
  }
  if (issue.decided) throw new RuleViolation('issue-decided-once', `Issue ${number} of ${label} is decided on already`);
  checkDecision(facts, issue, label);
  return [{ type: 'RoundDecided', data: { roundId: id, planId, issue: number } }];
}

function checkDecision({ decision, ownerId }: DecideRound['facts'], { issuedOn }: Issue, label: string): void {
  if (decision?.paragraph === undefined) {
    throw new RuleViolation('decision-formal', `A decision on ${label} names the body, the day and the paragraph`);
  }
  if (decision.bodyId !== ownerId) {
    throw new RuleViolation('owner-decides', `${label} is decided by the body that owns the plan`);
  }
  if (decision.date < issuedOn) {
    throw new RuleViolation(
      'decided-after-issue',
      `What was issued on ${issuedOn} cannot have been decided on ${decision.date}`,
    );
  }
}

function needIssue({ issues, label }: FrozenRound, number: number): Issue {
  const issue = issues[number - 1];
  if (!issue)
    throw new RuleViolation('issue-exists', `${label} has no issue ${number}; the newest is ${issues.length}`);
  return issue;
}
