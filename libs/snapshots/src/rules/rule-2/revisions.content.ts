import type { RevisionContent } from '../../format/snapshot.js';
import type { Frame } from '../rule-1/frame.js';
import { common, inOrder, isNew } from '../rule-1/revisions.content.js';
import type { Holds, HoldStep } from './holds.js';

/** The revisions that rule 1 tells, and among them the holds of those items. */
export function withHoldRevisions(
  revisions: readonly RevisionContent[],
  holds: Holds,
  itemIds: readonly string[],
  frame: Frame,
): RevisionContent[] {
  const told = itemIds.flatMap((itemId) => {
    const steps = holds.upTo(itemId, frame.round.referenceDate);
    return steps.flatMap((step, index) => (isNew(step, frame) ? [revised(step, steps[index - 1], frame)] : []));
  });
  return inOrder([...revisions, ...told]);
}

function revised(step: HoldStep, before: HoldStep | undefined, frame: Frame): RevisionContent {
  const { data } = step;
  const held = 'until' in data;
  return {
    ...common(step, data.itemId, frame),
    kind: held ? 'held' : 'resumed',
    before: { heldUntil: untilOf(before) },
    after: { heldUntil: untilOf(step) },
    reason: held ? data.reason : undefined,
    comment: held ? undefined : data.comment,
  };
}

const untilOf = (step: HoldStep | undefined): string | null => (step && 'until' in step.data ? step.data.until : null);
