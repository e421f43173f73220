import type { MomentOfDay, ReadModels } from '#projecting';
import { membersOn } from '../../membership.js';
import { groupDirectory } from './group-directory.projection.js';

/** The ids of the groups that a body belonged to at a moment. */
export async function groupsOf(
  readModels: ReadModels,
  { bodyId, tenant }: { readonly bodyId: string; readonly tenant: string },
  { asOf, ...known }: MomentOfDay,
): Promise<string[]> {
  const groups = await readModels.find(groupDirectory, { tenant, 'memberships.members': bodyId });
  return groups.filter(({ memberships }) => membersOn(memberships, asOf, known).includes(bodyId)).map(({ _id }) => _id);
}
