import type { Document } from '#document-store';
import { swedishSortKey } from '#kernel';
import type { Projection } from '#projecting';
import type { GroupEvent } from '../../group.events.js';
import { withMembership } from '../../membership.js';
import type { Membership } from '../../membership.js';

/** A group and its memberships through time. */
export interface GroupDocument extends Document {
  readonly tenant: string;
  readonly key?: string;
  readonly name: string;
  readonly sortKey: string;
  readonly memberships: readonly Membership[];
}

/** Answers: which groups are there, and who belonged to them on a day? */
export const groupDirectory: Projection<GroupDocument, GroupEvent> = {
  name: 'groups',
  version: 1,
  indexes: [
    { fields: ['tenant', 'sortKey', '_id'] },
    { fields: ['tenant', 'memberships.members', '_id'], list: 'memberships.members' },
  ],
  on: {
    GroupDefined: {
      key: ({ data }) => data.groupId,
      evolve: (_, { data, metadata: { effectiveOn, recordedAt, tenant } }) => ({
        _id: data.groupId,
        tenant,
        ...(data.key && { key: data.key }),
        name: data.name,
        sortKey: swedishSortKey(data.name),
        memberships: [{ since: effectiveOn, members: data.members, recordedAt }],
      }),
    },
    GroupMembersChanged: {
      key: ({ data }) => data.groupId,
      evolve: (group, { data, metadata: { effectiveOn, recordedAt } }) => ({
        ...group!,
        memberships: withMembership(group!.memberships, { since: effectiveOn, members: data.members, recordedAt }),
      }),
    },
  },
};
