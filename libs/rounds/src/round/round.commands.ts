import { decidesOn, DecisionCommand } from '#deciding';
import type { Acting, CommandContext, Doubted, StateLookup } from '#deciding';
import type { DomainCommand, Doubt, Role } from '#kernel';
import { speakersFor } from '#organisation';
import { needPlan, ownerOn } from '#planning';
import type { AdoptedPlan } from '#planning';
import type { AmendRound, CancelRound, ExtendDeadline, RecallExtension } from './changing.decider.js';
import type { DecideRound, FreezeRound, RecordSnapshot, ReissueSnapshot } from './freezing.decider.js';
import type { OpeningFacts, OpenPlannedRound, OpenRound, PlanRound } from './opening.decider.js';
import { RoundReader } from './read-models/round-directory/round-directory.reader.js';
import { IssueGrounds } from './issue-grounds.js';
import type { MarkReady, RecallReady, RemindBodies } from './reporting.decider.js';
import { rounds } from './round.decider.js';
import { doubtsOfExtension, doubtsOfRound } from './round.doubts.js';
import { underWayIn } from './round.lookups.js';
import { isFrozen } from './round.js';
import type { Round } from './round.js';

const permitted: readonly Role[] = ['controller'];
const reporting: readonly Role[] = ['reporter', 'controller'];

export class PlanRoundCommand extends DecisionCommand<PlanRound> {
  static readonly permitted = permitted;
  static readonly creates = true;
  readonly type = 'PlanRound';
}
export class OpenRoundCommand extends DecisionCommand<OpenRound> {
  static readonly permitted = permitted;
  static readonly creates = true;
  readonly type = 'OpenRound';
}
export class OpenPlannedRoundCommand extends DecisionCommand<OpenPlannedRound> {
  static readonly permitted = permitted;
  readonly type = 'OpenPlannedRound';
}
export class AmendRoundCommand extends DecisionCommand<AmendRound> {
  static readonly permitted = permitted;
  readonly type = 'AmendRound';
}
export class CancelRoundCommand extends DecisionCommand<CancelRound> {
  static readonly permitted = permitted;
  readonly type = 'CancelRound';
}
export class ExtendDeadlineCommand extends DecisionCommand<ExtendDeadline> {
  static readonly permitted = permitted;
  readonly type = 'ExtendDeadline';
}
export class RecallExtensionCommand extends DecisionCommand<RecallExtension> {
  static readonly permitted = permitted;
  readonly type = 'RecallExtension';
}
export class MarkReadyCommand extends DecisionCommand<MarkReady> {
  static readonly permitted = reporting;
  readonly type = 'MarkReady';
}
export class RecallReadyCommand extends DecisionCommand<RecallReady> {
  static readonly permitted = reporting;
  readonly type = 'RecallReady';
}
export class RemindBodiesCommand extends DecisionCommand<RemindBodies> {
  static readonly permitted = permitted;
  readonly type = 'RemindBodies';
}
export class FreezeRoundCommand extends DecisionCommand<FreezeRound> {
  static readonly permitted = permitted;
  readonly type = 'FreezeRound';
}
export class ReissueSnapshotCommand extends DecisionCommand<ReissueSnapshot> {
  static readonly permitted = permitted;
  readonly type = 'ReissueSnapshot';
}
/** Comes from the worker that makes snapshots; no route takes it. */
export class RecordSnapshotCommand extends DecisionCommand<RecordSnapshot> {
  static readonly permitted: readonly Role[] = ['administrator'];
  readonly type = 'RecordSnapshot';
}
export class DecideRoundCommand extends DecisionCommand<DecideRound> {
  static readonly permitted = permitted;
  readonly type = 'DecideRound';
}

/** A reporter says of its own body only that it is ready, and of one that it took over from. */
export const ownBody = (
  { bodyId }: { readonly bodyId: string },
  _round: Round,
  _about: unknown,
  acting: Acting,
): Promise<readonly string[]> => speakersFor(bodyId, acting);

const ofRound = ({
  events,
  facts,
  state,
}: Doubted<DomainCommand<string, unknown, { readonly plan: AdoptedPlan }>, Round>): readonly Doubt[] =>
  doubtsOfRound(events, state, facts.plan);

/** Those that rest on what bodies lack have their handlers in `coverage`. */
export const roundCommandHandlers = [
  decidesOn(PlanRoundCommand, rounds, { facts: openingFacts, doubts: ofRound }),
  decidesOn(OpenRoundCommand, rounds, { facts: openingFacts, doubts: ofRound }),
  decidesOn(OpenPlannedRoundCommand, rounds),
  decidesOn(AmendRoundCommand, rounds, {
    facts: async (_, lookup, round: Round) => ({ plan: await needPlan(planOf(round), lookup) }),
    doubts: ofRound,
  }),
  decidesOn(CancelRoundCommand, rounds),
  decidesOn(ExtendDeadlineCommand, rounds, {
    facts: ({ data }, lookup) => lookup.needExisting('body', data.bodyId),
    doubts: ({ command, state }) => doubtsOfExtension(command.data.deadline, state),
  }),
  decidesOn(RecallExtensionCommand, rounds),
  decidesOn(RecallReadyCommand, rounds, { actsFor: ownBody }),
  decidesOn(ReissueSnapshotCommand, rounds, {
    facts: async ({ id }, lookup, round: Round) => ({
      ...(await underWayIn(lookup, round)),
      haveGroundsChanged: isFrozen(round) && (await lookup.reader(IssueGrounds).haveChanged(lookup.tenant, id)),
    }),
  }),
  decidesOn(RecordSnapshotCommand, rounds),
  decidesOn(DecideRoundCommand, rounds, {
    facts: async ({ context }, lookup, round: Round) => {
      const plan = await needPlan(planOf(round), lookup);
      const { decision } = context;
      return { decision, ownerId: (decision ? ownerOn(plan, decision.date) : plan.owner).bodyId };
    },
    // A decision speaks of the day that it was made on.
    effectiveOn: ({ decision }) => decision?.date,
  }),
];

/** A round that can be asked for has begun, and so has a plan. */
const planOf = (round: Round): string => (round.status === 'unopened' ? '' : round.planId);

interface Asking {
  readonly id: string;
  readonly data: { readonly planId: string; readonly kind: string; readonly year: number };
  readonly context: CommandContext;
}

async function openingFacts({ context, data, id }: Asking, lookup: StateLookup): Promise<OpeningFacts> {
  // By a read model, because a round's id follows from the key that files know it by. The answer may be a moment behind,
  // so that two rounds opened in one moment under two keys would both stand, and both be listed.
  const known = await lookup.reader(RoundReader).ofPlan(context.tenant, data.planId);
  const same = known.filter(({ _id, kind, year }) => _id !== id && kind === data.kind && year === data.year);
  return { plan: await needPlan(data.planId, lookup), sameOccasion: await firstStanding(same, lookup) };
}

/** The name of the first that is not cancelled, which the log tells at once. */
async function firstStanding(
  found: readonly { readonly _id: string; readonly label: string }[],
  lookup: StateLookup,
): Promise<string | undefined> {
  for (const { _id, label } of found) {
    if ((await lookup.find(rounds, _id))?.status !== 'cancelled') return label;
  }
  return undefined;
}
