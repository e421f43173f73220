import { describe, expect, it } from '@jest/globals';
import { term } from '#kernel';
import type { Said } from '#kernel';
import { fold, idNumbered, specify } from '#kernel/testing';
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
    expect(membersOn(group.memberships, '2025-04-01', { knownAt: '2025-09-30T00:00:00.000Z' })).toEqual(['a']);
    expect(membersOn(group.memberships, '2025-09-01')).toEqual(['a', 'b', 'c']);
  });

  it('has the members of a day corrected, and a change taken back, which leaves those from before', () => {
    const wrong = { ...changed('b'), effectiveOn: '2025-06-01' };
    const correct = (corrects: string, ...members: string[]): GroupCommand => ({
      ...change('2025-06-01', ...members),
      corrects,
    });
    const cancel = (eventId: string): GroupCommand => ({
      type: 'CancelGroupChange',
      id: groupId,
      data: { eventId, reason: 'Fel' },
      facts: undefined,
      effectiveOn: '2025-06-01',
    });
    given(defined('a'), wrong)
      .when(correct(idNumbered(1), 'a', 'c'))
      .then(changed('a', 'c'));
    given(defined('a'), wrong)
      .when(correct(idNumbered(7), 'a', 'c'))
      .refused('corrected-stands');
    const cancelled = {
      type: 'GroupChangeCancelled',
      data: { groupId, eventId: idNumbered(1), reason: 'Fel' },
    } as const;
    given(defined('a'), wrong)
      .when(cancel(idNumbered(1)))
      .then(cancelled);
    given(defined('a'), wrong, cancelled).when(change('2025-06-01', 'a')).then();
    given(defined('a'), wrong)
      .when(cancel(idNumbered(0)))
      .refused('corrected-stands');
  });

  it('is corrected as it was defined, cancelled where nothing rests on it, and defined anew', () => {
    const begun = { id: idNumbered(0), since: '2025-01-01' };
    const about = { id: groupId, effectiveOn: '2025-01-01' };
    const cancel = (resting: readonly Said[]): GroupCommand => ({
      ...about,
      type: 'CancelGroup',
      data: { reason: 'Fel' },
      facts: { begun, resting },
    });
    const cancelled = { type: 'GroupCancelled', data: { groupId, reason: 'Fel' } } as const;
    given(defined('a'))
      .when({ ...about, type: 'CorrectGroup', data: { name: 'Alla nämnder', reason: 'Fel' }, facts: { begun } })
      .then({ type: 'GroupDefinitionCorrected', data: { groupId, name: 'Alla nämnder', reason: 'Fel' } });
    given(defined('a')).when(cancel([])).then(cancelled);
    given(defined('a'))
      .when(cancel([term('item', 'item', 'uppdraget')]))
      .refused('nothing-rests-on-group');
    given(defined('a'), cancelled).when(change('2025-06-01', 'b')).refused('group-not-cancelled');
    given(defined('a'), cancelled)
      .when({ ...about, type: 'DefineGroup', data: { name: 'Alla', members: ['b'] }, facts: undefined })
      .then(defined('b'));
  });

  it('takes in who takes over from a member, from a day on and in later memberships, each once', () => {
    const handOver = (effectiveOn: string, ...successors: string[]): GroupCommand => ({
      type: 'HandOverGroup',
      id: groupId,
      data: { bodyId: 'a', successors, reason: 'Delas' },
      facts: undefined,
      effectiveOn,
    });
    const told = (effectiveOn: string, ...members: string[]) => ({
      type: 'GroupMembersChanged' as const,
      effectiveOn,
      data: { groupId, members, reason: 'Delas' },
    });
    given({ ...defined('a', 'b'), effectiveOn: '2025-01-01' }, { ...changed('c', 'a'), effectiveOn: '2026-01-01' })
      .when(handOver('2025-10-01', 'c', 'd'))
      .then(told('2025-10-01', 'c', 'd', 'b'), told('2026-01-01', 'c', 'd'));
    given({ ...defined('a', 'b'), effectiveOn: '2025-01-01' })
      .when(handOver('2025-10-01'))
      .then(told('2025-10-01', 'b'));
    given({ ...defined('b'), effectiveOn: '2025-01-01' })
      .when(handOver('2025-10-01', 'c'))
      .then();
  });
});
