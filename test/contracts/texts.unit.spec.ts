import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { inLanguage, knownDoubts, knownRules, knownTexts, languages, say, term } from '#kernel';
import type { Text } from '#kernel';

const sources = readdirSync(join(process.cwd(), 'libs'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.spec\.ts$|\/testing\//.test(file))
  .map((file) => ({ file: join('libs', file), text: readFileSync(join(process.cwd(), 'libs', file), 'utf8') }));

const placesIn = (template: string): string[] => [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();

describe('What callers are told', () => {
  beforeAll(async () => {
    const telling = sources.filter(({ text }) => /\b(say|term|rule|doubt)\(/.test(text));
    for (const { file } of telling) await import(pathToFileURL(join(process.cwd(), file)).href);
  });

  it('can be told in every language, with every parameter in each', () => {
    const texts: readonly Text[] = knownTexts();
    expect(texts.length).toBeGreaterThan(200);
    for (const text of texts) {
      for (const language of languages) expect([text, text[language].trim().length > 0]).toEqual([text, true]);
      expect({ text, places: placesIn(text.sv) }).toEqual({ text, places: placesIn(text.en) });
    }
  });

  it('is not the same in both but for names', () => {
    const same = knownTexts().filter(({ en, sv }) => en === sv && !/^[\s:]*(\{\w+\}[\s:]*)+$/.test(en));
    const names = ['plan', 'text'];
    expect(same.filter(({ en }) => !names.includes(en))).toEqual([]);
  });

  it('is declared, and never put together where it is thrown', () => {
    const undeclared =
      /new RuleViolation\((?!code, of)|new (Forbidden|Unauthenticated|UnsupportedBody|WorkUndone)\(['`]/;
    expect(sources.filter(({ text }) => undeclared.test(text)).map(({ file }) => file)).toEqual([]);
    expect(sources.filter(({ text }) => /verbatim\(['`]/.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it('names everything that can be missing', () => {
    const kinds = sources.flatMap(({ text }) => [
      ...[...text.matchAll(/new NotFound\('([^']+)'/g)].map(([, kind]) => kind!),
      ...[...text.matchAll(/^ {2}category: '([\w-]+)',/gm)].map(([, category]) => category!),
    ]);
    const told = knownTexts().map(({ en }) => en);
    expect(new Set(kinds).size).toBeGreaterThan(12);
    expect([...new Set(kinds)].filter((kind) => !told.includes(kind))).toEqual([]);
  });

  it('puts words and lists where they belong, and tells what is not given as it stands', () => {
    const lies = say('{kind} lies under {parents}', '{kind} ligger under {parents}');
    const goal = term('goal', 'a goal', 'ett mål');
    const said = lies({ kind: 'uppdrag', parents: [goal, 'plan'] });
    expect(inLanguage('sv', said)).toBe('uppdrag ligger under ett mål, plan');
    expect(inLanguage('en', lies({ kind: '{parents}', parents: 'x' }))).toBe('{parents} lies under x');
  });

  it('is listed in the guide, code by code and rule by rule', () => {
    const guide = readFileSync(join(process.cwd(), 'docs/guide/problems.md'), 'utf8');
    const told = new Set(
      [...guide.slice(guide.indexOf('## Codes')).matchAll(/^\| `([\w-]+)`/gm)].map(([, code]) => code),
    );
    const codes = sources
      .filter(({ text }) => /extends (DomainError|StoreFailure|PartsRefused)/.test(text))
      .flatMap(({ text }) => [...text.matchAll(/^ {2}readonly code = '([a-z-]+)'/gm)].map(([, code]) => code!));
    expect(codes.length).toBeGreaterThan(30);
    expect([...codes, ...knownRules(), ...knownDoubts()].filter((code) => !told.has(code))).toEqual([]);
    const known = [
      ...codes,
      ...knownRules(),
      ...knownDoubts(),
      ...['unexpected', 'request-too-slow', 'headers-too-large', 'no-http-request'],
    ];
    expect([...told].filter((code) => !known.includes(code!) && !/^http-/.test(code!))).toEqual([]);
  });
});
