import { describe, expect, it } from '@jest/globals';
import { saysOtherwise, saysUnchanged } from './printed-label.js';
import type { RevisionClass } from './printed-label.js';

describe('A label that a document prints', () => {
  it.each<[label: string, revision: RevisionClass, otherwise: boolean]>([
    ['Oförändrad', 'kept', false],
    ['Kvarstår', 'kept', false],
    ['Ny formulering', 'kept', true],
    ['Utgår', 'kept', true],
    ['Ny formulering', 'reworded', false],
    ['Viss omformulering', 'reworded', false],
    ['OFÖRÄNDRAD', 'reworded', true],
    ['Klart', 'completed', false],
    ['Slutförd', 'completed', false],
    ['Utgår', 'completed', true],
    ['Utgår', 'discontinued', false],
    ['Klart', 'discontinued', true],
    ['Ny formulering, slås ihop med 42', 'merged', false],
    ['Ny formulering', 'merged', false],
    ['Oförändrad', 'merged', true],
    ['Nytt nummer', 'renumbered', false],
    ['Oförändrad', 'renumbered', false],
    // Of words that say nothing for certain, nothing is told.
    ['Se bilaga 3', 'completed', false],
    ['Deltagare', 'split', false],
    ['', 'kept', false],
  ])('“%s” of what was %s: otherwise is %s', (label, revision, otherwise) => {
    expect(saysOtherwise(label, revision)).toBe(otherwise);
  });

  it('says that nothing was changed, unless it says in the same breath that something was', () => {
    expect(['Oförändrad', 'Behålls', 'Kvarstår oförändrat'].every(saysUnchanged)).toBe(true);
    expect(['Kvarstår med ny formulering', 'Utgår', 'Markvård'].some(saysUnchanged)).toBe(false);
  });
});
