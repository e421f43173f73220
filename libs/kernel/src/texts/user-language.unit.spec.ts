import { describe, expect, it } from '@jest/globals';
import { isLanguageTag, userLanguage } from './user-language.js';

describe('The language of a user', () => {
  it.each([
    [{}, undefined],
    [{ LANG: 'sv_SE.UTF-8' }, 'sv-SE'],
    [{ LANG: 'en_GB.UTF-8', LC_ALL: 'sv_SE@euro' }, 'sv-SE'],
    [{ LANG: 'sv_SE', LC_MESSAGES: 'en_GB' }, 'en-GB'],
    [{ LANG: 'sv_SE', LC_ALL: '' }, 'sv-SE'],
    [{ LANG: 'sv_SE', LC_ALL: 'C.UTF-8' }, undefined],
    [{ LANG: 'POSIX' }, undefined],
    [{ LANG: 'sv\r\nX-Evil: 1' }, undefined],
  ])('of %j is %s', (env, language) => {
    expect(userLanguage(env)).toBe(language);
  });

  it('is a tag, and nothing else', () => {
    for (const text of ['sv', 'sv-FI', 'en-GB-oxendict']) expect([text, isLanguageTag(text)]).toEqual([text, true]);
    for (const text of ['', 'svenska språket', 'sv;q=1', 'sv\n'])
      expect([text, isLanguageTag(text)]).toEqual([text, false]);
  });
});
