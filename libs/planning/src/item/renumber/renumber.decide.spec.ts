import { describe, it } from '@jest/globals';
import type { ItemEvent } from '../item.events.js';
import { adopted, adoptedWithoutNumber, assessed, command, given, judge, subject } from '../testing/item.examples.js';

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

  it('up to 2,000 values of its properties, and is judged also after that', () => {
    const numbers = Array.from({ length: 2_000 }, (_, index): ItemEvent => ({
      type: 'ItemRenumbered',
      data: { ...subject, number: String(index) },
    }));
    const story = given(adopted(), ...numbers);
    story.when(command('RenumberItem', { number: 'x' })).refused('room-for-more');
    story.when(command('RenumberItem', { number: '1999' })).then();
    story.when(judge()).then(assessed());
  });
});
