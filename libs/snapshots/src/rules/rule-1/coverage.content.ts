import { addTo, swedishSortKey } from '#kernel';
import type { TimeSlices } from '#kernel';
import type { BodyCoverage, Coverage, ItemContent } from '../../format/snapshot.js';
import { afterDeadline, hasAssessed } from './assessments.content.js';
import { byText } from './fact.js';
import type { Frame } from './frame.js';

/**
 * Who has reported, and what is missing. The plan's owner is to assess everything in scope, the others what they answer
 * for; in a plan of the council also what concerns them, since it gives bodies their assignments. In a body's own plan
 * those that an assignment concerns answer in plans of their own. A body that was dissolved by the reference date owes
 * nothing, unless it owns the plan.
 */
export async function coverageOf(frame: Frame, items: readonly ItemContent[], slices: TimeSlices): Promise<Coverage> {
  const { log, names, ownerId, round, story } = frame;
  const inForce = items.filter(({ lifecycle }) => lifecycle.state !== 'discontinued');
  const expected = new Map<string, string[]>([[ownerId, inForce.map(({ itemId }) => itemId)]]);
  for (const item of inForce) {
    await slices.next();
    for (const bodyId of contributorsTo(item, frame)) addTo(expected, bodyId, item.itemId);
  }
  for (const bodyId of story.reports.keys()) if (!expected.has(bodyId)) expected.set(bodyId, []);
  const bodies: BodyCoverage[] = [];
  for (const [bodyId, itemIds] of expected) {
    await slices.next();
    const missing = itemIds.filter((itemId) => !hasAssessed(log.items.get(itemId)!, bodyId, round.roundId));
    bodies.push({
      body: names.body(bodyId),
      owner: bodyId === ownerId,
      ready: readyOf(bodyId, frame),
      expected: itemIds.length,
      assessed: itemIds.length - missing.length,
      missingItemIds: missing,
    });
  }
  return {
    // The owner first, the others by name.
    bodies: bodies.sort(
      byText(
        ({ body, owner }) => `${owner ? 0 : 1} ${swedishSortKey(body.name)}`,
        ({ body }) => body.bodyId,
      ),
    ),
    missingAtFreeze: (story.frozen?.data.missing ?? []).map(({ bodyId, itemIds }) => ({
      body: names.body(bodyId),
      items: itemIds.map((itemId) => names.itemRef(itemId)),
    })),
  };
}

/** The bodies beside the owner that are to say something of an item, each once. */
function contributorsTo({ concerned, responsible }: ItemContent, frame: Frame): ReadonlySet<string> {
  const { isOfCouncil, ownerId } = frame;
  const asked = isOfCouncil ? (concerned?.bodies ?? []) : [];
  const ids = [...asked, ...responsible].map(({ bodyId }) => bodyId);
  return new Set(ids.filter((bodyId) => bodyId !== ownerId && !isDissolved(bodyId, frame)));
}

function isDissolved(bodyId: string, { log, round }: Frame): boolean {
  const day = log.dissolved.get(bodyId);
  return day !== undefined && day <= round.referenceDate;
}

function readyOf(bodyId: string, frame: Frame): BodyCoverage['ready'] {
  const last = frame.story.reports.get(bodyId)?.at(-1);
  if (!last?.ready) return null;
  const { data, recordedAt } = last.fact;
  const { comment } = data;
  return { recordedAt, comment, afterDeadline: afterDeadline(recordedAt, frame), late: frame.isLate(last.fact) };
}
