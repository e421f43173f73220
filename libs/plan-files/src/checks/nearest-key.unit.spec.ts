import { describe, expect, it } from '@jest/globals';
import { NearestKeys } from './nearest-key.js';

const near = (key: string, ...known: string[]) => new NearestKeys().to(key, known);

describe('The key that a misspelt one stands for', () => {
  it('is named where it is near, and nearer than any other', () => {
    expect(near('tryggare-centrm', 'tryggare-centrum', 'tryggare-skolor')).toBe('tryggare-centrum');
    expect(near('uppdarg-34', 'uppdrag-34', 'uppdrag-35')).toBe('uppdrag-34');
    expect(near('fokusmal-x', 'uppdrag-34')).toBeUndefined();
  });

  it('is not guessed where two are as near', () => {
    expect(near('insats-c', 'insats-a', 'insats-b')).toBeUndefined();
    expect(near('insats-c', 'insats-a', 'insats-cc', 'insats-b')).toBeUndefined();
  });

  it('is never one with another number, or another abbreviation', () => {
    expect(near('uppdrag-44', 'uppdrag-4')).toBeUndefined();
    expect(near('uppdrag-34', 'uppdrag-43', 'uppdrag-35')).toBeUndefined();
    expect(near('april-2024', 'april-2025')).toBeUndefined();
    expect(near('kfn', 'ifn')).toBeUndefined();
  });
});
