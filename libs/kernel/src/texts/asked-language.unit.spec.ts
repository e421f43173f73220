import { describe, expect, it } from '@jest/globals';
import { languageOf } from './asked-language.js';

describe('The language of an answer', () => {
  it.each([
    [undefined, 'en'],
    ['', 'en'],
    ['sv', 'sv'],
    ['SV', 'sv'],
    ['sv-SE', 'sv'],
    ['sv-SE,sv;q=0.9,en-US;q=0.8,en;q=0.7', 'sv'],
    ['en-GB,sv;q=0.9', 'en'],
    ['en;q=0.4, sv;q=0.5', 'sv'],
    ['sv;q=0.5, en;q=0.5', 'en'],
    ['fi, sv;q=0.2', 'sv'],
    ['fi', 'en'],
    ['*', 'en'],
    ['en;q=0, *', 'sv'],
    ['en;q=0', 'en'],
    ['sv;q=0', 'en'],
    ['sv;q=2, en;q=0.1', 'en'],
    ['svenska', 'en'],
    [`${'x,'.repeat(5_000)}sv`, 'en'],
  ])('of Accept-Language %j is %s', (header, language) => {
    expect(languageOf(header)).toBe(language);
  });
});
