import { describe, it } from '@jest/globals';
import { adopted, adoptedWithoutNumber, command, given, subject } from '../testing/item.examples.js';

describe('An item changes its number', () => {
  it('and may lose it', () => {
    given(adopted())
      .when(command('RenumberItem', { number: '36', printedLabel: 'Nytt nummer' }))
      .then({ type: 'ItemRenumbered', data: { ...subject, number: '36', printedLabel: 'Nytt nummer' } });
    given(adopted())
      .when(command('RenumberItem', { number: '34' }))
      .then();
    given(adopted())
      .when(command('RenumberItem', { number: null }))
      .then({ type: 'ItemRenumbered', data: subject });
    given(adoptedWithoutNumber())
      .when(command('RenumberItem', { number: null }))
      .then();
  });
});
