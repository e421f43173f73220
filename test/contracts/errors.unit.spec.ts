import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { DomainError, languages } from '#kernel';

/** Failures that no caller of the API is told of: each is caught, or ends a process or a command with words of its own. */
const neverAnswers = [
  'ApiProblem',
  'ApiRefused',
  'DeadlinePassed',
  'DocumentRefused',
  'ForeignForm',
  'KeptFailure',
  'LostRace',
  'NewerLayout',
  'NoSparbar',
  'NoSuchPage',
  'SettingsFaults',
  'UnclearReference',
  'Unreachable',
  'UnreadableItemNumber',
  'UnreadableNumber',
  'UsageError',
  'WebhookFailed',
  'WordsMissing',
  'WorkerLost',
  'WrongConnectionString',
  'YamlTooLarge',
];

interface Declared {
  readonly name: string;
  readonly isAbstract: boolean;
  readonly from: string;
  readonly file: string;
}

const declared = ['libs', 'apps'].flatMap((folder) => sourcesIn(join(process.cwd(), folder))).flatMap(classesIn);
const failures = descendantsOf('Error').filter(({ isAbstract }) => !isAbstract);
const answers = descendantsOf('DomainError').filter(({ isAbstract }) => !isAbstract);

describe('A class of failures', () => {
  it('is one that the API answers with, or is known never to reach it', () => {
    const names = answers.map(({ name }) => name);
    const others = failures.map(({ name }) => name).filter((name) => !names.includes(name));
    expect(others.sort()).toEqual(neverAnswers);
    expect(names.length).toBeGreaterThan(15);
  });

  it.each(answers.map(({ file, name }) => [name, file]))(
    '%s carries a status, a code and a title for a stranger, in every language',
    async (name, file) => {
      const exported = (await import(pathToFileURL(file).href)) as Record<string, new (...given: unknown[]) => unknown>;
      const made = new exported[name]!(...Array.from({ length: 6 }, () => anything));
      expect(made).toBeInstanceOf(DomainError);
      const { code, status, title } = made as DomainError;
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(600);
      for (const language of languages) expect(title[language]).toMatch(/^[A-ZÅÄÖ][^.]{9,}[^.]$/);
      expect(new Set(Object.values(title)).size).toBe(languages.length);
    },
  );

  it('shares its code with no other', () => {
    const codes = answers.map(({ file }) => [...readFileSync(file, 'utf8').matchAll(/\bcode = '([a-z-]+)'/g)]);
    const all = new Set(codes.flat().map(([, code]) => code));
    expect(all.size).toBe(new Set(answers.map(({ name }) => name)).size);
  });
});

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/\.spec\.ts$|\/testing\//.test(file))
    .map((file) => join(folder, file));
}

function classesIn(file: string): Declared[] {
  const found = readFileSync(file, 'utf8').matchAll(/^(?:export )?(abstract )?class (\w+)(?:<[^>]*>)? extends (\w+)/gm);
  return [...found].map(([, isAbstract, name, from]) => ({
    name: name!,
    from: from!,
    isAbstract: isAbstract !== undefined,
    file,
  }));
}

function descendantsOf(ancestor: string): Declared[] {
  const children = declared.filter(({ from }) => from === ancestor);
  return [...children, ...children.flatMap(({ name }) => descendantsOf(name))];
}

/** Whatever a constructor reads of what it is given. */
const anything: unknown = new Proxy(() => undefined, {
  apply: () => anything,
  get: (_, property) => {
    if (property === Symbol.toPrimitive) return () => '1';
    if (property === Symbol.iterator) return () => [][Symbol.iterator]();
    if (property === 'length') return 1;
    return anything;
  },
});
