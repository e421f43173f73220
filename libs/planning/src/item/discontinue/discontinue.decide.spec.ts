import { describe, it } from '@jest/globals';
import { adopted, command, completed, discontinued, given, onDay, retained } from '../testing/item.examples.js';

describe('An item is discontinued', () => {
  const discontinue = (on?: string) =>
    command('DiscontinueItem', { reason: 'core-work', comment: 'Ingår i grunduppdraget' }, undefined, on);

  it('for a reason', () => {
    given(adopted()).when(discontinue()).then(discontinued);
  });

  it('once; the same end again leaves no trace', () => {
    const ended = onDay('2025-03-31', discontinued);
    given(adopted(), ended).when(discontinue('2025-03-31')).then();
    const otherwise = command('DiscontinueItem', { reason: 'merged', comment: 'Ingår i 17' }, undefined, '2025-03-31');
    given(adopted(), ended).when(otherwise).refused('item-ends-once');
    given(adopted(), onDay('2025-03-31', completed)).when(discontinue('2025-03-31')).refused('item-ends-once');
  });

  it('not before a day that it was kept on', () => {
    given(adopted(), onDay('2025-06-01', retained)).when(discontinue('2025-05-31')).refused('item-ends-last');
  });
});
