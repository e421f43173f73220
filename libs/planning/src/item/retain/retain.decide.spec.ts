import { describe, it } from '@jest/globals';
import type { ItemEvent } from '../item.events.js';
import { adopted, command, given, onDay, subject } from '../testing/item.examples.js';

describe('An item is retained', () => {
  it('through one revision after another, and once a day', () => {
    const retain = (on: string) => command('RetainItem', { comment: 'Kvar' }, undefined, on);
    const kept: ItemEvent = { type: 'ItemRetained', data: { ...subject, comment: 'Kvar' } };
    given(adopted()).when(retain('2025-03-31')).then(kept);
    given(adopted(), onDay('2025-03-31', kept)).when(retain('2025-03-31')).then();
    given(adopted(), onDay('2025-03-31', kept)).when(retain('2025-08-31')).then(kept);
  });
});
