import type { Capacity, SheetItem, Names, PlanDocument } from '#planning';
import type { RoundContent } from '../round/round.js';

/** Whether a round assesses an item: its kind is in scope, and it was in force on the day that the round speaks of. */
export const isAssessedIn = (item: SheetItem, { scope }: Pick<RoundContent, 'scope'>): boolean =>
  item.isInForce && scope.includes(item.kind);

/**
 * Which bodies owe an assessment of an item, and what it will be.
 *
 * A bedömning is each body's own judgement, and the owner of the plan weighs them together into the status (S4, the
 * appendix on follow-up). So the owner owes an assessment of every item in scope, and every other body that answers for
 * it (ansvariga) owes a contribution. Those that it concerns (berörda) owe one in a plan of the council, which gives
 * bodies their assignments: one that it owns, or that it adopted for somebody else to own (S1: all boards report on the
 * programme, and the executive board, which owns it, evaluates). In a body's own plan they were named by whoever gave the
 * assignment, and answer there.
 *
 * Of an item that is on hold on that day nobody owes anything; what is said of it all the same is told as unasked. A
 * completed item is still assessed, since completed is a level. A group stands for its members on the day that the
 * names speak of. A dissolved body owes nothing; an owner that was dissolved still does, because somebody must,
 * until the plan is amended.
 */
export function expectedOf(
  item: SheetItem,
  plan: Pick<PlanDocument, 'owner' | 'decisions'>,
  names: Names,
): ReadonlyMap<string, Capacity> {
  const expected = new Map<string, Capacity>();
  if (item.rests) return expected;
  const { owner } = plan;
  const { concerned, responsible } = item;
  if (concerned !== null && givenBy(plan).some((id) => names.isCouncil(id))) {
    const named = 'groupId' in concerned ? names.members(concerned.groupId).map(({ id }) => id) : concerned.bodies;
    for (const id of named) if (!names.isDissolved(id)) expected.set(id, 'contribution');
  }
  for (const id of responsible) if (!names.isDissolved(id)) expected.set(id, 'contribution');
  return expected.set(owner.bodyId, 'owner');
}

/** Who gives bodies what a plan assigns to them: its owner, and whoever adopted it. */
export const givenBy = ({ decisions, owner }: Pick<PlanDocument, 'owner' | 'decisions'>): readonly string[] => [
  owner.bodyId,
  ...decisions.filter(({ about }) => about === 'adoption').map(({ bodyId }) => bodyId),
];
