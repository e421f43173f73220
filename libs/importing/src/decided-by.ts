import type { FormalDecision } from '#kernel';
import type { PlanFileDecision } from '#plan-files';
import type { KeyedIds } from './keyed-ids.js';

/** A formal decision that a file names, as it is recorded. */
export function decidedBy(decision: PlanFileDecision | undefined, ids: KeyedIds): FormalDecision | undefined {
  if (!decision) return undefined;
  const { body, ...told } = decision;
  return { bodyId: ids.body(body), ...told };
}
