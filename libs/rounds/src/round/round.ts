import { RuleViolation } from '#kernel';
import type { RecordedFact } from '#kernel';
import type { RoundEvent, RoundOpened, RoundPlanned } from './round.events.js';

export type RoundContent = Omit<RoundOpened['data'], 'roundId'>;
export type Schedule = RoundPlanned['data']['schedule'];

/** A body that has said that its assessments are complete. */
export interface ReadyBody {
  readonly bodyId: string;
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
export type OpenedRound = RoundContent & { readonly status: 'open'; readonly ready: readonly ReadyBody[] };
/** Frozen for ever; `decided` once the owner of the plan has decided on any of its issues. */
export type FrozenRound = RoundContent & {
  readonly status: 'frozen' | 'decided';
  /** In the order of their numbers: never empty, and without holes. */
  readonly issues: readonly Issue[];
};

export type Round = UnopenedRound | PlannedRound | OpenedRound | FrozenRound;

export const unopened: Round = { status: 'unopened' };

export function evolve(round: Round, event: RecordedFact<RoundEvent>): Round {
  switch (event.type) {
    case 'RoundPlanned': {
      const { roundId: _, ...planned } = event.data;
      return { status: 'planned', ...planned };
    }
    case 'RoundOpened': {
      const { roundId: _, ...content } = event.data;
      return { status: 'open', ...content, ready: [] };
    }
    case 'BodyReported': {
      const { bodyId, comment } = event.data;
      return changed(round, bodyId, [{ bodyId, ...(comment !== undefined && { comment }) }]);
    }
    case 'BodyReportRecalled':
      return changed(round, event.data.bodyId, []);
    case 'RoundReminded':
      return round;
    case 'RoundFrozen': {
      if (round.status !== 'open') return round;
      const { ready: _, ...content } = round;
      return { ...content, status: 'frozen', issues: [issueOf(event)] };
    }
    case 'SnapshotReissued':
      return isFrozen(round) ? { ...round, issues: [...round.issues, issueOf(event)] } : round;
    case 'SnapshotRecorded': {
      const { issue, sha256 } = event.data;
      return withIssue(round, issue, { sha256 });
    }
    case 'RoundDecided': {
      const decided = withIssue(round, event.data.issue, { decided: true });
      return isFrozen(decided) ? { ...decided, status: 'decided' } : decided;
    }
  }
}

export const isFrozen = (round: Round): round is FrozenRound => round.status === 'frozen' || round.status === 'decided';

/** @throws RuleViolation where the round is not open, or not any more */
export function needOpen(round: Round): OpenedRound {
  if (round.status === 'open') return round;
  if (isFrozen(round)) throw new RuleViolation('round-not-frozen', `${round.label} is frozen; nothing is reopened`);
  throw new RuleViolation('round-open', `${nameOf(round)} is not open yet`);
}

/** @throws RuleViolation where the round is not frozen yet */
export function needFrozen(round: Round): FrozenRound {
  if (isFrozen(round)) return round;
  throw new RuleViolation('round-frozen', `${nameOf(round)} is not frozen yet`);
}

const nameOf = (round: Round): string => (round.status === 'unopened' ? 'The round' : round.label);

function changed(round: Round, bodyId: string, now: readonly ReadyBody[]): Round {
  if (round.status !== 'open') return round;
  return { ...round, ready: [...round.ready.filter((ready) => ready.bodyId !== bodyId), ...now] };
}

function issueOf({
  data,
  effectiveOn,
}: {
  readonly data: { readonly rule: number };
  readonly effectiveOn: string;
}): Issue {
  return { rule: data.rule, issuedOn: effectiveOn, decided: false };
}

function withIssue(round: Round, number: number, change: Partial<Issue>): Round {
  if (!isFrozen(round)) return round;
  const issues = round.issues.map((issue, index) => (index === number - 1 ? { ...issue, ...change } : issue));
  return { ...round, issues };
}
