import { describe, expect, it } from '@jest/globals';
import { inLanguage, paramsIn } from '#kernel';
import { readYaml } from './yaml-source.js';

describe('A text that is no YAML', () => {
  it.each([
    ['a: [1, 2', /en parentes stängs inte/],
    ['a: "b', /ett tecken saknas/],
    ['a: "\\q"', /omvänt snedstreck/],
    ['a: b: c', /på en egen rad/],
    ['a:\n\tb: 1', /inte med tabbar/],
    ['a: @b', /sätt citattecken om den/],
    ['a: !x b', /taggen är okänd/],
    ['a: &b &c 1', /högst ett ankare/],
    ['"a\n b": 1', /en enda rad/],
    ['a: }', /inte kan stå här/],
  ])('is told of in Swedish too, in words of its own: %j', (text, words) => {
    const [fault] = readYaml(text).faults;
    const [english, swedish] = (['en', 'sv'] as const).map((language) => inLanguage(language, fault!.said));
    expect(swedish).toMatch(/^kan inte läsas som YAML: [a-zåäö]/);
    expect(swedish).toMatch(words);
    expect(swedish).not.toContain(english!);
    expect(fault!.said.code).toBe('yaml');
    expect(paramsIn('en', fault!.said)).toEqual({ words: english });
  });
});
