import { foldOf, rule, term } from '#kernel';
import type { Own, Said } from '#kernel';
import type { RoundEvent, RoundOpened, RoundPlanned } from './round.events.js';

export type RoundContent = Omit<RoundOpened['data'], 'roundId'>;
export type Schedule = RoundPlanned['data']['schedule'];

/** What a body remarked when it said that its assessments are complete. */
export interface Report {
  readonly comment?: string;
}

/** One issue of the snapshot, numbered from 1. */
export interface Issue {
  readonly rule: number;
  /** The day that its freeze or its reissue speaks of. */
  readonly issuedOn: string;
  /** SHA-256 of its canonical JSON, once it is recorded. */
  readonly sha256?: string;
  /** Whether the owner of the plan has decided on it. */
  readonly decided: boolean;
}

export type UnopenedRound = { readonly status: 'unopened' };
export type PlannedRound = RoundContent & { readonly status: 'planned'; readonly schedule: Schedule };
/** `ready` has the bodies whose assessments are complete, by their ids. */
export type OpenedRound = RoundContent & { readonly status: 'open'; readonly ready: Readonly<Record<string, Report>> };
/** Frozen for ever; `decided` once the owner of the plan has decided on any of its issues. */
export type FrozenRound = RoundContent & {
  readonly status: 'frozen' | 'decided';
  /** In the order of their numbers: never empty, and without holes. */
  readonly issues: readonly Issue[];
};

export type Round = UnopenedRound | PlannedRound | OpenedRound | FrozenRound;

export const unopened: Round = { status: 'unopened' };

export const { evolve, folding } = foldOf<Round, RoundEvent>((round, event, own) => {
  switch (event.type) {
    case 'RoundPlanned': {
      const { roundId: _, ...planned } = event.data;
      return { status: 'planned', ...planned };
    }
    case 'RoundOpened': {
      const { roundId: _, ...content } = event.data;
      return { status: 'open', ...content, ready: {} };
    }
    case 'BodyReported':
    case 'BodyReportRecalled': {
      if (round.status !== 'open') return round;
      const { bodyId } = event.data;
      const next = own(round);
      const ready = own(next.ready);
      // Whoever reports again comes after those that have since.
      delete ready[bodyId];
      if (event.type === 'BodyReported')
        ready[bodyId] = { ...(event.data.comment !== undefined && { comment: event.data.comment }) };
      next.ready = ready;
      return next;
    }
    case 'RoundMissingListed':
    case 'RoundReminded':
      return round;
    case 'RoundFrozen': {
      if (round.status !== 'open') return round;
      const { ready: _, ...content } = round;
      return { ...content, status: 'frozen', issues: [issueOf(event)] };
    }
    case 'SnapshotReissued': {
      if (!isFrozen(round)) return round;
      const next = own(round);
      const issues = own(next.issues);
      issues.push(issueOf(event));
      next.issues = issues;
      return next;
    }
    case 'SnapshotRecorded': {
      const { issue, sha256 } = event.data;
      return withIssue(round, issue, { sha256 }, own);
    }
    case 'RoundDecided': {
      const decided = withIssue(round, event.data.issue, { decided: true }, own);
      return isFrozen(decided) ? Object.assign(own(decided), { status: 'decided' as const }) : decided;
    }
  }
});

export const isFrozen = (round: Round): round is FrozenRound => round.status === 'frozen' || round.status === 'decided';

/** @throws RuleViolation where the round is not open, or not any more */
export function needOpen(round: Round): OpenedRound {
  if (round.status === 'open') return round;
  if (isFrozen(round)) throw frozen({ round: round.label });
  throw notOpen({ round: nameOf(round) });
}

/** @throws RuleViolation where the round is not frozen yet */
export function needFrozen(round: Round): FrozenRound {
  if (isFrozen(round)) return round;
  throw notFrozen({ round: nameOf(round) });
}

const nameOf = (round: Round): string | Said => (round.status === 'unopened' ? theRound : round.label);
const theRound = term('round', 'The round', 'Uppföljningen');

function issueOf({
  data,
  effectiveOn,
}: {
  readonly data: { readonly rule: number };
  readonly effectiveOn: string;
}): Issue {
  return { rule: data.rule, issuedOn: effectiveOn, decided: false };
}

function withIssue(round: Round, number: number, change: Partial<Issue>, own: Own): Round {
  if (!isFrozen(round)) return round;
  const issue = round.issues[number - 1];
  if (!issue) return round;
  const next = own(round);
  const issues = own(next.issues);
  issues[number - 1] = { ...issue, ...change };
  next.issues = issues;
  return next;
}

const frozen = rule(
  'round-not-frozen',
  '{round} is frozen; nothing is reopened',
  '{round} är fryst och öppnas inte igen',
);
const notOpen = rule('round-open', '{round} is not open yet', '{round} är inte öppen ännu');
const notFrozen = rule('round-frozen', '{round} is not frozen yet', '{round} är inte fryst ännu');
