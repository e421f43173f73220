import type { Provenance } from '#kernel';
import type { PlanFileAttested } from '#plan-files';
import type { KeyedIds } from './keyed-ids.js';

/**
 * What a file says attests what it tells, as it is recorded. Nothing where it says nothing.
 * @param day the one on which it was said, where the file tells none: that of a step
 */
export function attestedBy(
  attested: PlanFileAttested | undefined,
  ids: KeyedIds,
  day = '',
): Pick<Provenance, 'attested'> {
  if (!attested) return {};
  const { body, on = day, ...told } = attested;
  return { attested: { ...told, on, ...(body !== undefined && { body: ids.body(body) }) } };
}
