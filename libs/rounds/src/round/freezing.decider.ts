import { joined, rule, whileThereIsRoom } from '#kernel';
import type { DomainCommand, FormalDecision } from '#kernel';
import { checkNoReorganisation } from '#organisation';
import { checkNoRevision } from '#planning';
import { currentRule } from './current-rule.js';
import { takeBackUnderWay } from './loads-taken-back.js';
import { recordable } from './missing-list.js';
import { listed, notReadyIn } from './reporting.decider.js';
import type { StandingFacts } from './reporting.decider.js';
import type { RoundEvent } from './round.events.js';
import type { UnderWay } from './round.lookups.js';
import { isFrozen, needFrozen, needOpen } from './round.js';
import type { FrozenRound, Issue, Round } from './round.js';
import { missingOf, standingTold } from './standing.js';

/** @param override why the round is frozen though bodies are not ready */
export type FreezeRound = DomainCommand<'FreezeRound', { override?: string }, StandingFacts & UnderWay>;
/** A new issue of the snapshot, after corrections. */
export type ReissueSnapshot = DomainCommand<'ReissueSnapshot', { reason: string }, ReissueFacts>;
export interface ReissueFacts extends UnderWay {
  /** Whether a new issue would rest on anything that the newest one does not. */
  readonly haveGroundsChanged: boolean;
}
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
  if (isFrozen(round)) throw frozenAlready({ round: round.label });
  const open = needOpen(round);
  checkNothingUnderWay(facts);
  const { label, planId } = open;
  const notReady = notReadyIn(open, facts);
  if (notReady.length > 0 && data.override === undefined) {
    throw bodiesNotReady({ round: label, count: notReady.length, standing: joined(notReady.map(standingTold), '; ') });
  }
  const override = notReady.length > 0 && data.override !== undefined && { override: data.override };
  const subject = { roundId: id, planId };
  const { parts, told } = recordable(missingOf(notReady));
  return [
    ...listed(subject, parts),
    { type: 'RoundFrozen', data: { ...subject, issue: 1, rule: currentRule, ...told, ...override } },
  ];
}

/** What was decided is in a snapshot whole or not at all. */
function checkNothingUnderWay({ reorganisationUnderWay: underWay, takeBackUnderWay: load, ...facts }: UnderWay): void {
  checkNoRevision(facts);
  checkNoReorganisation({ ...(underWay !== undefined && { underWay }) });
  if (load !== undefined) throw takeBackUnderWay({ load });
}

/** So many are told with the round. */
const mostIssues = 100;

export function reissue({ data, facts, id }: ReissueSnapshot, round: Round): RoundEvent[] {
  const { issues, label, planId } = needFrozen(round);
  checkNothingUnderWay(facts);
  if (!facts.haveGroundsChanged) throw nothingNew({ round: label, issue: issues.length });
  const replaces = issues.length;
  const { reason } = data;
  const reissued: RoundEvent = {
    type: 'SnapshotReissued',
    data: { roundId: id, planId, issue: replaces + 1, rule: currentRule, replaces, reason },
  };
  return whileThereIsRoom([reissued], issues.length, mostIssues);
}

/** Recording the same bytes again changes nothing. Other bytes under the same rule mean that something has broken. */
export function recordSnapshot({ data, id }: RecordSnapshot, round: Round): RoundEvent[] {
  const frozen = needFrozen(round);
  const { label, planId } = frozen;
  const { issue: number, rule, sha256 } = data;
  const issue = needIssue(frozen, number);
  if (issue.rule !== rule) {
    throw otherRule({ issue: number, round: label, rule: issue.rule, given: rule });
  }
  if (issue.sha256 === sha256) return [];
  if (issue.sha256 !== undefined) {
    throw otherBytes({ issue: number, round: label, sha256: issue.sha256, given: sha256 });
  }
  return [{ type: 'SnapshotRecorded', data: { roundId: id, planId, ...data } }];
}

export function decideRound({ data, facts, id }: DecideRound, round: Round): RoundEvent[] {
  const frozen = needFrozen(round);
  const { issues, label, planId } = frozen;
  const { issue: number = issues.length } = data;
  const issue = needIssue(frozen, number);
  if (issue.sha256 === undefined) {
    throw notMadeYet({ issue: number, round: label });
  }
  if (issue.decided) throw decidedAlready({ issue: number, round: label });
  checkDecision(facts, issue, label);
  return [{ type: 'RoundDecided', data: { roundId: id, planId, issue: number } }];
}

function checkDecision({ decision, ownerId }: DecideRound['facts'], { issuedOn }: Issue, label: string): void {
  if (decision?.paragraph === undefined) {
    throw decisionIncomplete({ round: label });
  }
  if (decision.bodyId !== ownerId) {
    throw otherBodyDecides({ round: label });
  }
  if (decision.date < issuedOn) {
    throw decidedTooEarly({ issuedOn, decidedOn: decision.date });
  }
}

function needIssue({ issues, label }: FrozenRound, number: number): Issue {
  const issue = issues[number - 1];
  if (!issue) throw noSuchIssue({ round: label, issue: number, newest: issues.length });
  return issue;
}

const frozenAlready = rule('round-frozen-once', '{round} is frozen already', '{round} är redan fryst');
const bodiesNotReady = rule(
  'bodies-ready',
  '{round} has {count} bodies that are not ready, and is frozen only with a reason to override: {standing}',
  '{round} har {count} nämnder eller bolag som inte är klara och fryses bara om ett skäl anges: {standing}',
);
const nothingNew = rule(
  'issue-tells-more',
  'Nothing that a snapshot of {round} tells has been recorded since issue {issue}',
  'Inget som uppföljningen {round} redovisar har registrerats sedan utgåva {issue}',
);
const otherRule = rule(
  'rule-of-issue',
  'Issue {issue} of {round} follows rule {rule}, and this snapshot rule {given}',
  'Utgåva {issue} av {round} följer regel {rule}, och den här uppföljningen regel {given}',
);
const otherBytes = rule(
  'snapshot-stays',
  'Issue {issue} of {round} is recorded with the SHA-256 {sha256}, and these bytes have {given}',
  'Utgåva {issue} av {round} är registrerad med SHA-256 {sha256}, och dessa byte har {given}',
);
const notMadeYet = rule(
  'snapshot-recorded',
  'The snapshot of issue {issue} of {round} has not been made yet',
  'Utgåva {issue} av {round} är inte framställd ännu',
);
const decidedAlready = rule(
  'issue-decided-once',
  'Issue {issue} of {round} is decided on already',
  'Utgåva {issue} av {round} är redan fastställd',
);
const decisionIncomplete = rule(
  'decision-formal',
  'A decision on {round} names the body, the day and the paragraph',
  'Ett beslut om {round} anger nämnd, dag och paragraf',
);
const otherBodyDecides = rule(
  'owner-decides',
  '{round} is decided by the body that owns the plan',
  '{round} fastställs av den nämnd som äger planen',
);
const decidedTooEarly = rule(
  'decided-after-issue',
  'What was issued on {issuedOn} cannot have been decided on {decidedOn}',
  'Det som gavs ut {issuedOn} kan inte ha fastställts {decidedOn}',
);
const noSuchIssue = rule(
  'issue-exists',
  '{round} has no issue {issue}; the newest is {newest}',
  '{round} har ingen utgåva {issue}; den senaste är {newest}',
);
