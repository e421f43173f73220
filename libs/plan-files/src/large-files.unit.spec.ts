import { describe, expect, it } from '@jest/globals';
import { PlanFileFaults } from './plan-file-faults.js';
import type { PlanFile } from './plan-file.js';
import { readPlanFile } from './read-plan-file.js';
import { printedPlan } from './testing/printed-plan.js';
import { inLanguage } from '#kernel';

/** What takes time in proportion to its length takes a second or two here, and what takes the square of it minutes on a busy machine. */
const longEnough = 20_000;

function read(text: string): { readonly file?: PlanFile; readonly faults?: PlanFileFaults } {
  const started = performance.now();
  try {
    return { file: readPlanFile(text, 'plan.yaml') };
  } catch (error) {
    if (!(error instanceof PlanFileFaults)) throw error;
    return { faults: error };
  } finally {
    expect(performance.now() - started).toBeLessThan(longEnough);
  }
}

const many = (count: number, each: (index: number) => string): string =>
  Array.from({ length: count }, (_, n) => each(n)).join('');

const first = 'sparbar: 1\n';

describe('A large plan file', () => {
  it.each<[string, string, RegExp]>([
    ['20,000 lines that belong nowhere', first + many(20_000, (n) => `a${n}: 1\n`), /not a property here/],
    ['one name 20,000 times', first + many(20_000, () => 'bodies: []\n'), /given twice/],
    ['10,000 names twice', first + many(20_000, (n) => `a${n % 10_000}: 1\n`), /./],
    ['20,000 wrong items', `sparbar: 1\nbodies:\n${many(20_000, () => '  - x\n')}`, /must be an object/],
    [
      '20,000 texts that are the same',
      `sparbar: 1\nbodies:\n${many(20_000, () => '  - { key: a, name: A, kind: board }\n')}`,
      /already/,
    ],
    ['20,000 aliases', `a: &a [1]\nb: [${many(20_000, () => '*a,')}]`, /aliases are not part/],
    ['5,000 levels of lists', `a: ${'['.repeat(5_000)}`, /nests more than/],
    ['5,000 levels of maps', `a: ${'{a: '.repeat(5_000)}`, /nests more than/],
    ['5,000 levels of dashes', `a:\n${'- '.repeat(5_000)}x`, /nests more than/],
    ['5,000 levels by indentation', many(5_000, (n) => `${' '.repeat(n % 500)}a:\n`).slice(0, 200_000), /./],
    ['5,000 keys of keys', '? '.repeat(5_000), /nests more than/],
    ['50,000 errors of YAML', many(50_000, () => '@\n'), /./],
    ['50,000 documents', many(50_000, () => '---\na: 1\n'), /one document/],
    ['50,000 tags', `a:\n${many(50_000, () => '  - !x 1\n')}`, /./],
    ['a text of 5 MB', `sparbar: ${'x'.repeat(5_000_000)}`, /./],
    ['a name of 5 MB', `${'x'.repeat(5_000_000)}: 1`, /./],
  ])('is told in time what is wrong with it, and no more than can be read: %s', (_, text, words) => {
    const { faults } = read(text);
    expect(faults?.faults[0]?.message).toMatch(words);
    expect(faults?.faults.length).toBeLessThanOrEqual(1_000);
    expect(faults?.message.length).toBeLessThan(1_500_000);
    expect(faults?.message.length).toBeGreaterThan(0);
  });

  it('tells how many faults there are beside those that it lists', () => {
    const { faults } = read(first + many(20_000, (n) => `a${n}: 1\n`));
    expect(faults).toMatchObject({ more: 19_000 });
    expect(inLanguage('en', faults!.detail)).toBe('plan.yaml has 20000 faults');
    expect(inLanguage('sv', faults!.detail)).toBe('plan.yaml har 20000 fel');
    expect(faults?.message).toMatch(/\n {2}and 19000 more$/);
  });

  it('is read in time where all of it is right: 5,000 items in a chain, and a step for each', () => {
    const { file } = read(printedPlan({ items: 5_000 }));
    expect(file?.items).toHaveLength(5_000);
    expect(file?.scenario?.steps).toHaveLength(5_000);
  });

  it('is told in time of 5,000 references that lead nowhere', () => {
    const { faults } = read(printedPlan({ items: 5_000 }).replaceAll('item: item-', 'item: itm-'));
    expect(faults?.faults[0]?.message).toMatch(/there is no item "itm-0" in this file; "item-0" is near/);
  });

  it('is told in time of items that go round in circles', () => {
    const { faults } = read(printedPlan({ items: 5_000, above: (n) => [n - 1, n + 1] }));
    expect(faults?.faults.some(({ message }) => message.startsWith('goes round in a circle'))).toBe(true);
  });

  it('is told in time of names that several bodies have', () => {
    const aliases = many(5_000, (n) => `      - { name: Namn, from: '${day(n)}', to: '${day(n)}' }\n`);
    const { faults } = read(`sparbar: 1\nbodies:\n  - key: a\n    name: A\n    kind: board\n    aliases:\n${aliases}`);
    expect(faults).toBeUndefined();
  });
});

const day = (n: number): string => new Date(Date.UTC(2000, 0, 1 + n)).toISOString().slice(0, 10);
