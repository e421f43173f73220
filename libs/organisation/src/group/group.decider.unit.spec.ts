import { describe, expect, it } from '@jest/globals';
import { fold, specify } from '#kernel/testing';
import { groups } from './group.decider.js';
import type { GroupCommand } from './group.decider.js';
import type { GroupEvent } from './group.events.js';
import { membersOn } from './membership.js';

const { given } = specify(groups.decider);
const groupId = '018f0000-0000-7000-8000-000000000001';
const defined = (...members: string[]): GroupEvent => ({
  type: 'GroupDefined',
  data: { groupId, name: 'Alla', members },
});
const changed = (...members: string[]): GroupEvent => ({ type: 'GroupMembersChanged', data: { groupId, members } });
const change = (effectiveOn: string, ...members: string[]): GroupCommand => ({
  type: 'ChangeGroupMembers',
  id: groupId,
  data: { members },
  facts: undefined,
  effectiveOn,
});

describe('A group', () => {
  it('changes its members from a day on', () => {
    given(defined('a', 'b')).when(change('2025-06-01', 'a')).then(changed('a'));
    given(defined('a', 'b'))
      .when(change('2025-06-01', 'a', 'b'))
      .then();
    given().when(change('2025-06-01', 'a')).refused('group-defined');
  });

  it('tells its members of any day, also where a change was recorded late', () => {
    const group = fold(groups.decider, [
      { ...defined('a'), effectiveOn: '2025-01-01' },
      { ...changed('a', 'b', 'c'), effectiveOn: '2025-09-01', recordedAt: '2025-09-01T10:00:00.000Z' },
      { ...changed('a', 'b'), effectiveOn: '2025-03-01', recordedAt: '2025-10-01T10:00:00.000Z' },
    ]);
    if (group.status !== 'defined') throw new Error('It is defined');
    expect(membersOn(group.memberships, '2024-12-31')).toEqual([]);
    expect(membersOn(group.memberships, '2025-02-01')).toEqual(['a']);
    expect(membersOn(group.memberships, '2025-04-01')).toEqual(['a', 'b']);
    expect(membersOn(group.memberships, '2025-04-01', '2025-09-30T00:00:00.000Z')).toEqual(['a']);
    expect(membersOn(group.memberships, '2025-09-01')).toEqual(['a', 'b', 'c']);
  });
});
