import { describe, it } from '@jest/globals';
import { adopted, command, given, ids, subject } from '../testing/item.examples.js';

describe('An item changes', () => {
  it('whom it concerns, and may concern nobody by name', () => {
    const concerned = { groupId: ids.group, asPrinted: 'Alla nämnder och bolag' };
    given(adopted())
      .when(command('ChangeConcerned', { concerned, reason: 'Beslut i KF' }))
      .then({ type: 'ItemConcernedChanged', data: { ...subject, concerned, reason: 'Beslut i KF' } });
    given(adopted({ concerned })).when(command('ChangeConcerned', { concerned })).then();
    given(adopted({ concerned }))
      .when(command('ChangeConcerned', { concerned: null }))
      .then({ type: 'ItemConcernedChanged', data: subject });
    given(adopted())
      .when(command('ChangeConcerned', { concerned: null }))
      .then();
  });
});
