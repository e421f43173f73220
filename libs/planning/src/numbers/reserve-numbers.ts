import type { Decided, Reserving, StateLookup } from '#deciding';
import { rule } from '#kernel';
import type { DomainCommand, RuleViolation } from '#kernel';
import { items } from '../item/item.aggregate.js';
import { needPlan } from '../item/item.lookups.js';
import type { ItemEvent } from '../item/item.events.js';
import type { ItemState } from '../item/item.state.js';
import { plans } from '../plan/plan.decider.js';
import { checkNoRevision } from '../revision/revision.decide.js';
import { HeldNumbers } from './held-numbers.js';
import { numberIdOf, numbers } from './number.js';
import type { Holder, NumberClaimed, NumberClaims } from './number.js';
import { sharedSpan, takenNumbers } from './taken-numbers.js';
import type { StateOfItem, TakenNumber } from './taken-numbers.js';

/**
 * No two items of a plan and kind have the same number on one day: a command to an item takes the numbers that it leads to.
 * While a decision over many items is carried out, which may be about to give them away, it takes none.
 * @throws RuleViolation
 */
export async function reserveNumbers(
  { after, before, command, events, revision }: Decided<DomainCommand, ItemState>,
  reserving: Reserving,
): Promise<void> {
  const { context, id } = command;
  if (context.reserved) return;
  const { lookup } = reserving;
  for (const taken of takenNumbers(id, before, after, events as readonly ItemEvent[])) {
    const check = async (others: Iterable<string>) => {
      checkNoRevision(await needPlan(taken.planId, lookup));
      await checkNumber(taken, others, (itemId) => lookup.find(items, itemId));
    };
    // What is refused at the first look leaves no claim behind.
    await check(await candidates(taken, await lookup.find(numbers, numberIdOf(taken)), lookup));
    await check(await lineUpFor(taken, { category: 'item', id, after: revision }, reserving));
  }
}

/**
 * Lines up for a number, and holds off whoever did before and has made nothing of it.
 * @returns the items that may have it
 */
export async function lineUpFor(
  taken: TakenNumber,
  holder: Holder,
  reserving: Reserving,
): Promise<ReadonlySet<string>> {
  const { itemId, kind, number, planId } = taken;
  const data = { planId, kind, ...(number !== undefined && { number }), itemId, holder };
  const claimed: NumberClaimed = { type: 'NumberClaimed', data };
  const before = await reserving.lineUp(numbers, numberIdOf(taken), claimed);
  for (const { holder: other } of Object.values(before.claims)) {
    if (other.id === holder.id) continue;
    if (other.category === 'item') await reserving.holdOff(items, other.id, other.after);
    else await reserving.holdOff(plans, other.id, other.after);
  }
  return candidates(taken, before, reserving.lookup);
}

/** The items that may have a number: those that claimed it, and those that documents tell of. */
export async function candidates(
  taken: TakenNumber,
  known: NumberClaims | undefined,
  { reader, tenant }: Pick<StateLookup, 'reader' | 'tenant'>,
): Promise<ReadonlySet<string>> {
  const told = await reader(HeldNumbers).holdersOf(tenant, taken);
  return new Set([...Object.values(known?.claims ?? {}).map(({ itemId }) => itemId), ...told]);
}

/** @throws RuleViolation where one of the others has the number on a day of those */
export async function checkNumber(taken: TakenNumber, others: Iterable<string>, stateOf: StateOfItem): Promise<void> {
  for (const other of others) {
    const fault = other === taken.itemId ? undefined : faultOf(taken, await stateOf(other));
    if (fault) throw fault;
  }
}

/** What stands in the way of a number; undefined where nothing does. */
export function faultOf(taken: TakenNumber, other: ItemState | undefined): RuleViolation | undefined {
  const span = other && sharedSpan(taken, other);
  if (!span || other.status === 'unadopted') return undefined;
  const { kind, number = '' } = taken;
  return numberTaken({ item: other.title.value, kind, number, from: span.from });
}

const numberTaken = rule(
  'number-once-a-time',
  '{item} is {kind} {number} from {from} on',
  '{item} är {kind} {number} från och med {from}',
);
