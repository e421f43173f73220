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

/** The last days of the bodies that may assess for longer than the others, by their ids. */
export type Extensions = Readonly<Record<string, string>>;

export type UnopenedRound = { readonly status: 'unopened' };
export type PlannedRound = RoundContent & {
  readonly status: 'planned';
  /** How often it was amended. */
  readonly amendments: number;
  readonly schedule: Schedule;
  readonly extensions: Extensions;
};
/** `ready` has the bodies whose assessments are complete, by their ids. */
export type OpenedRound = RoundContent & {
  readonly status: 'open';
  readonly amendments: number;
  /** Undefined where it was opened without one. */
  readonly schedule?: Schedule;
  readonly extensions: Extensions;
  readonly ready: Readonly<Record<string, Report>>;
};
/** Frozen for ever; `decided` once the owner of the plan has decided on any of its issues. */
export type FrozenRound = RoundContent & {
  readonly status: 'frozen' | 'decided';
  /** In the order of their numbers: never empty, and without holes. */
  readonly issues: readonly Issue[];
};

/** Over, before it was frozen. */
export type CancelledRound = RoundContent & { readonly status: 'cancelled' };

export type Round = UnopenedRound | PlannedRound | OpenedRound | FrozenRound | CancelledRound;

export const unopened: Round = { status: 'unopened' };

export const { evolve, folding } = foldOf<Round, RoundEvent>((round, event, own) => {
  switch (event.type) {
    case 'RoundPlanned': {
      const { roundId: _, ...planned } = event.data;
      const { amendments, extensions } = round.status === 'planned' ? round : { amendments: 0, extensions: {} };
      return { status: 'planned', ...planned, amendments, extensions };
    }
    case 'RoundOpened': {
      const { roundId: _, ...content } = event.data;
      const { amendments, extensions, schedule } =
        round.status === 'planned' ? round : { amendments: 0, extensions: {}, schedule: undefined };
      return { status: 'open', ...content, ...(schedule && { schedule }), amendments, extensions, ready: {} };
    }
    case 'RoundAmended': {
      if (!isUnfrozen(round)) return round;
      const { planId: _plan, reason: _reason, roundId: _round, ...changed } = event.data;
      return Object.assign(own(round), changed, { amendments: round.amendments + 1 });
    }
    case 'BodyDeadlineExtended':
    case 'BodyExtensionRecalled': {
      if (!isUnfrozen(round)) return round;
      const { bodyId } = event.data;
      const next = own(round);
      const extensions = own(next.extensions);
      if (event.type === 'BodyDeadlineExtended') extensions[bodyId] = event.data.deadline;
      else delete extensions[bodyId];
      next.extensions = extensions;
      return next;
    }
    case 'RoundCancelled':
      return isUnfrozen(round) ? { status: 'cancelled', ...contentOf(round) } : round;
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
      return { ...contentOf(round), status: 'frozen', issues: [issueOf(event)] };
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

/** Whether the round is still to be frozen, so that its days may be moved. */
const isUnfrozen = (round: Round): round is PlannedRound | OpenedRound =>
  round.status === 'planned' || round.status === 'open';

/** What a round is, without what belongs to how far it has come. */
export function contentOf(round: RoundContent): RoundContent {
  const { deadline, key, kind, label, othersMayContribute, planId, referenceDate, scope, year } = round;
  const named = { planId, ...(key !== undefined && { key }), kind, label, year };
  return { ...named, referenceDate, deadline, scope: [...scope], othersMayContribute };
}

/** The last day on which a body's assessments are in time. An extension that the deadline has caught up with gives nothing. */
export const deadlineFor = (deadline: string, extendedTo: string | undefined): string =>
  extendedTo !== undefined && extendedTo > deadline ? extendedTo : deadline;

/** @throws RuleViolation where the round is frozen or cancelled: both are for ever */
export function refuseEnded(round: Round): void {
  if (isFrozen(round)) throw frozen({ round: round.label });
  if (round.status === 'cancelled') throw cancelled({ round: round.label });
}

/** @throws RuleViolation where the round is not open, or not any more */
export function needOpen(round: Round): OpenedRound {
  refuseEnded(round);
  if (round.status === 'open') return round;
  throw notOpen({ round: nameOf(round) });
}

/** @throws RuleViolation where the round is neither planned nor open */
export function needUnfrozen(round: Round): PlannedRound | OpenedRound {
  refuseEnded(round);
  if (isUnfrozen(round)) return round;
  throw notOpen({ round: nameOf(round) });
}

/** @throws RuleViolation where the round is not frozen yet */
export function needFrozen(round: Round): FrozenRound {
  if (isFrozen(round)) return round;
  refuseEnded(round);
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
  '{round} is frozen and stays as it is: correct what is wrong, and ask for a new issue of its snapshot',
  '{round} är fryst och står fast: rätta det som är fel och begär en ny utgåva',
);
const cancelled = rule(
  'round-not-cancelled',
  '{round} was cancelled, and nothing more is said in it; plan or open another one',
  '{round} är inställd och inget mer sägs i den; planera eller öppna en ny',
);
const notOpen = rule('round-open', '{round} is not open yet', '{round} är inte öppen ännu');
const notFrozen = rule('round-frozen', '{round} is not frozen yet', '{round} är inte fryst ännu');
