import type { Document } from '#document-store';
import { factOf, swedishSortKey, wordingOf } from '#kernel';
import type { Wording } from '#kernel';
import { onEvery, untilAfter } from '#projecting';
import type { Projection, Until } from '#projecting';
import { evolve, groupNameOf, undefinedGroup } from '../../group.js';
import type { GroupRecord } from '../../group.js';
import { groupEvents } from '../../group.events.js';
import type { GroupEvent } from '../../group.events.js';

/** A group: all that was ever said of it, each with its day and while when it stood. */
export interface GroupDocument extends Document, GroupRecord, Until {
  readonly tenant: string;
  readonly key?: string;
  readonly sortKey: string;
  /** Its name, as texts are looked for in it. */
  readonly wording: Wording;
  readonly revision: number;
}

const wordings = ['wording.letters', 'wording.forgiving'];

/** Answers: which groups are there, and who belonged to them on a day, as was known at an instant? */
export const groupDirectory: Projection<GroupDocument, GroupEvent> = {
  name: 'groups',
  version: 3,
  indexes: [
    { fields: ['tenant', 'sortKey', '_id', 'status', ...wordings, 'until', 'known'] },
    { fields: ['tenant', 'until', '_id'] },
    { fields: ['tenant', 'memberships.members', '_id'], list: 'memberships.members' },
  ],
  on: onEvery<GroupDocument, (typeof groupEvents)[number]>(groupEvents, {
    key: ({ data }) => data.groupId,
    evolve: (document, event) => {
      const group = evolve(document ?? undefinedGroup, factOf<GroupEvent>(event)) as GroupRecord;
      const { metadata, revision } = event;
      const { key } = event.type === 'GroupDefined' ? event.data : (document ?? {});
      return {
        ...group,
        _id: event.data.groupId,
        tenant: metadata.tenant,
        ...(key && { key }),
        sortKey: swedishSortKey(groupNameOf(group)),
        wording: wordingOf(groupNameOf(group)),
        ...untilAfter(document, metadata),
        revision,
      };
    },
  }),
};
