import { foldOf } from '#kernel';
import type { KnownBy } from '#kernel';
import type { Cancelled } from '../cancelled.js';
import { stands, toldBy, withoutTold, withTold } from '../told.js';
import type { Told, ToldValue } from '../told.js';
import type { GroupEvent } from './group.events.js';
import type { Membership } from './membership.js';

/** All that was ever said of a group, also what was corrected or taken back since. */
export interface GroupRecord {
  readonly status: 'defined' | 'cancelled';
  readonly cancelled?: Cancelled;
  /** Each time that it was defined: again only after it was cancelled. */
  readonly definitions: readonly Told[];
  readonly names: readonly ToldValue<string>[];
  readonly memberships: readonly Membership[];
}

export type Group = { readonly status: 'undefined' } | GroupRecord;

export const undefinedGroup: Group = { status: 'undefined' };

/** New lists each time: a fold writes to them. */
const nothingSaid = () => ({ definitions: [], names: [], memberships: [], cancelled: undefined });

/** The one fold of groups: decisions and documents are made of it. */
export const { evolve, folding } = foldOf<Group, GroupEvent>((group, event, own) => {
  const told = toldBy(event);
  if (event.type === 'GroupDefined') {
    const { cancelled: _, ...known } = group.status === 'undefined' ? nothingSaid() : group;
    const { members, name } = event.data;
    return {
      ...known,
      status: 'defined',
      definitions: [...known.definitions, told],
      names: [...known.names, { ...told, value: name }],
      memberships: withTold(known.memberships, { ...told, members }, own),
    };
  }
  if (group.status === 'undefined') return group;
  const next = own(group);
  const { corrects, recordedAt: at } = event;
  switch (event.type) {
    case 'GroupDefinitionCorrected':
      next.names = [...withoutTold(next.names, at), { ...told, value: event.data.name }];
      break;
    case 'GroupMembersChanged':
      next.memberships = withTold(next.memberships, { ...told, members: event.data.members }, own, corrects);
      break;
    case 'GroupChangeCancelled':
      next.memberships = withoutTold(next.memberships, at, event.data.eventId);
      break;
    case 'GroupCancelled':
      next.status = 'cancelled';
      next.cancelled = { reason: event.data.reason, recordedAt: at };
      next.definitions = withoutTold(next.definitions, at);
      next.names = withoutTold(next.names, at);
      next.memberships = withoutTold(next.memberships, at);
  }
  return next;
});

/** Whether a group was there, as was known at an instant: it is from the moment it is defined. */
export const isDefined = ({ definitions }: Pick<GroupRecord, 'definitions'>, known?: KnownBy): boolean =>
  definitions.some((definition) => stands(definition, known));

/** What a group is called, as was known at an instant; one that was cancelled, was called last. */
export const groupNameOf = ({ names }: Pick<GroupRecord, 'names'>, known?: KnownBy): string =>
  (names.findLast((name) => stands(name, known)) ?? names.at(-1)!).value;

/** The definition that stands; undefined where there is none. */
export const definitionOf = (group: Group): Told | undefined =>
  group.status === 'undefined' ? undefined : group.definitions.find((definition) => stands(definition));
