import { describe, it } from '@jest/globals';
import { adopted, command, completed, discontinued, given, onDay, retained } from '../testing/item.examples.js';

describe('An item is completed', () => {
  const complete = (on?: string) => command('CompleteItem', {}, undefined, on);

  it('once; the same end again leaves no trace', () => {
    given(adopted()).when(complete()).then(completed);
    given(adopted(), onDay('2025-03-31', completed)).when(complete('2025-03-31')).then();
    given(adopted(), onDay('2025-03-31', completed)).when(complete('2025-04-01')).refused('item-ends-once');
    given(adopted(), onDay('2025-03-31', discontinued)).when(complete('2025-03-31')).refused('item-ends-once');
  });

  it('not before a day that it was kept on', () => {
    given(adopted(), onDay('2025-06-01', retained)).when(complete('2025-05-31')).refused('item-ends-last');
    given(adopted(), onDay('2025-06-01', retained)).when(complete('2025-06-01')).then(completed);
  });
});
