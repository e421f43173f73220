import type { Held } from '../handing-over.js';
import { stands } from '../told.js';
import type { Group } from './group.js';
import { membersOn } from './membership.js';

/** From which days on a body belongs to a group, at a day or after it. */
export function membershipsOf(group: Group, bodyId: string, day: string): readonly Held[] {
  if (group.status !== 'defined') return [];
  const { memberships } = group;
  const later = memberships.filter((one) => stands(one) && one.since > day).map(({ since }) => since);
  return [...new Set([day, ...later])]
    .map((since) => ({ since, property: 'members' as const, bodies: membersOn(memberships, since) }))
    .filter(({ bodies }) => bodies.includes(bodyId));
}
