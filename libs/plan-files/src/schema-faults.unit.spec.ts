import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { schemaFaults } from './schema-faults.js';
import { planFileSchema } from './schema/plan-file.schema.js';
import { wholeFile } from './testing/whole-file.js';

const compiled = Compile(planFileSchema);

describe('the faults of the schema', () => {
  it('are none in a file that uses every part of the format', () => {
    expect(schemaFaults(planFileSchema, wholeFile())).toEqual([]);
    expect(compiled.Check(wholeFile())).toBe(true);
  });

  it('are found exactly where a compiled validator refuses the file', () => {
    fc.assert(
      fc.property(fc.array(damage(), { minLength: 1, maxLength: 3 }), (damages) => {
        const data: unknown = damages.reduce((file, harm) => harm(file), wholeFile());
        expect(schemaFaults(planFileSchema, data).length > 0).toBe(!compiled.Check(data));
      }),
      { numRuns: 400 },
    );
  });

  it('are all given, however many', () => {
    const bodies = Array.from({ length: 40 }, () => ({ key: 'Å', name: 'n', kind: 'board' }));
    expect(schemaFaults(planFileSchema, { sparbar: 1, bodies })).toHaveLength(40);
  });

  it('speak of the branch that was meant', () => {
    const file = wholeFile();
    Object.assign(file.items?.[0] ?? {}, { concerned: { bodies: ['ks', 'ÄLN'] } });
    expect(schemaFaults(planFileSchema, file)).toMatchObject([{ path: ['items', 0, 'concerned', 'bodies', 1] }]);
  });
});

/** Puts something odd in the place of one value, or takes a property away. */
function damage(): fc.Arbitrary<(file: unknown) => never> {
  const odd = fc.constantFrom<unknown>(
    undefined,
    null,
    0,
    1,
    '',
    ' ',
    'Å',
    '2025-02-30',
    '2025-01-01',
    [],
    {},
    ['a', 'a'],
    true,
    {
      gap: 'unknown',
    },
  );
  return fc.record({ at: fc.array(fc.nat(), { minLength: 1, maxLength: 6 }), odd }).map(
    ({ at, odd: value }) =>
      (file) =>
        replaced(file, at, value) as never,
  );
}

function replaced(data: unknown, at: readonly number[], value: unknown): unknown {
  const [first, ...rest] = at;
  if (first === undefined || typeof data !== 'object' || data === null || Object.keys(data).length === 0) return value;
  const names = Object.keys(data);
  const name = names[first % names.length] ?? '';
  const inner = replaced((data as Record<string, unknown>)[name], rest, value);
  if (Array.isArray(data)) return data.map((element: unknown, index) => (String(index) === name ? inner : element));
  const entries = Object.entries(data).map(([other, old]): [string, unknown] => [other, other === name ? inner : old]);
  return Object.fromEntries(entries.filter(([, kept]) => kept !== undefined));
}
