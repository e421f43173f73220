import { isDiscontinued, isOnHold } from '#planning';
import type { Capacity, SheetItem, Names, PlanDocument } from '#planning';
import type { RoundContent } from '../round/round.js';

/** Whether a round assesses an item: its kind is in scope, and it was in force on the day that the round speaks of. */
export function isAssessedIn(
  item: SheetItem,
  { referenceDate, scope }: Pick<RoundContent, 'referenceDate' | 'scope'>,
): boolean {
  return scope.includes(item.kind) && item.adoptedOn <= referenceDate && !isDiscontinued(item, referenceDate);
}

/**
 * Which bodies owe an assessment of an item, and what it will be.
 *
 * A bedömning is each body's own judgement, and the owner of the plan weighs them together into the status (S4, the
 * appendix on follow-up). So the owner owes an assessment of every item in scope, and every other body that answers for
 * it (ansvariga) owes a contribution. Those that it concerns (berörda) owe one in a plan of the council, which gives
 * bodies their assignments. In a body's own plan they were named by whoever gave the assignment, and answer there.
 *
 * Of an item that is on hold on that day nobody owes anything; what is said of it all the same is told as unasked. A
 * completed item is still assessed, since completed is a level. A group stands for its members on the day that the
 * names speak of. A dissolved body owes nothing; an owner that was dissolved still does, because somebody must,
 * until the plan is amended.
 */
export function expectedOf(
  item: SheetItem,
  { owner }: Pick<PlanDocument, 'owner'>,
  names: Names,
): ReadonlyMap<string, Capacity> {
  if (isOnHold(item, names.day)) return new Map();
  const {
    concerned: { value },
    responsible,
  } = item;
  const named =
    value === null ? [] : 'groupId' in value ? names.members(value.groupId).map(({ id }) => id) : value.bodies;
  const concerned = names.isCouncil(owner.bodyId) ? named : [];
  const contributing = [...concerned, ...responsible.value].filter((id) => !names.isDissolved(id));
  return new Map<string, Capacity>([
    ...contributing.map((id) => [id, 'contribution'] as const),
    [owner.bodyId, 'owner'],
  ]);
}
