import type { Provenance } from '#kernel';
import type { PlanFileAttested } from '#plan-files';
import type { KeyedIds } from './keyed-ids.js';

/** What a file says attests what it tells, as it is recorded. Nothing where it says nothing. */
export function attestedBy(attested: PlanFileAttested | undefined, ids: KeyedIds): Pick<Provenance, 'attested'> {
  if (!attested) return {};
  const { body, ...told } = attested;
  return { attested: { ...told, ...(body !== undefined && { body: ids.body(body) }) } };
}
