import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Compile } from 'typebox/compile';
import { bodyLimitsOf, describedClasses, fieldsOf, requestValidation, schemaOf } from '#http-api';
import type { BodyLimits, Described, Shape } from '#http-api';
import { faultIn, inLanguage, MalformedInput } from '#kernel';
import { FeaturesModule } from '#running';

/** Values at the edges of every kind, and values of no kind at all. */
const id = '0b6c1f0e-53d4-5f0c-9a50-2f6f7f7c6d11';
const texts = [
  ...['', ' ', '\t\u00a0', 'a', ' Abc ', 'a-b', 'a--b', 'å', 'NULL\u0000', '\ud800', 'a\udc00b', '❤️❤️❤️', '💩'],
  ...['a'.repeat(60), 'a'.repeat(200), 'a'.repeat(201), '💩'.repeat(200), '💩'.repeat(201), ' '.repeat(200) + 'a'],
  ...['x'.repeat(500), 'x'.repeat(501), 'x'.repeat(2_001), 'é'.repeat(20_000), 'x'.repeat(20_001)],
  ...[id, id.toUpperCase(), `${id}0`, '00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  ...['2025-02-28', '2025-02-29', '2024-02-29', '2025-13-01', '0000-01-01', '2025-04-31', '20250401'],
  ...['2025', '2025-03', '2025-13', '2025-Q1', '2025-Q5', '2025-T3', '25'],
  ...['0', '-0', '5.0', '05', '1e3', '1,5', `1${'0'.repeat(39)}`, `1${'0'.repeat(40)}`, '5 787 (okt)'],
  ...['7', 'Uppdrag 7.', 'N.1.1.', 'A\u030a1', '2021:8', '7a', 'Nämndmål N1.1', `${'1.'.repeat(40)}1`],
  ...['increase', 'decrease', 'not-measured', 'board', 'other', 'merged', 'april', 'value', 'constructor'],
];
const values: readonly unknown[] = [
  ...texts,
  ...[null, true, false, 0, -1, 1, 1.5, 100, 101, 1900, 2999, 3000, 10_001, Number.MAX_SAFE_INTEGER],
  ...[[], {}, [[]], [{}], [null], { length: 1 }, { toString: 'x' }, [id, id]],
];
const junk = fc.constantFrom(...values);

/** How many of twenty values are not of the shape that they stand for. */
type Faults = 0 | 1;

const often = <T>(right: fc.Arbitrary<T>, faults: Faults): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: right, weight: 20 - faults }, { arbitrary: junk, weight: faults });

/** Something that is mostly of a shape, at every depth; of it altogether where there are no faults. */
function valueFor(shape: Shape, faults: Faults): fc.Arbitrary<unknown> {
  if (shape.of === 'value') {
    const right = [...values, ...(shape.kind.schema.enum ?? [])].filter((value) => !faultIn(shape.kind, value));
    return often(fc.constantFrom(...right), faults);
  }
  if (shape.of === 'object') return often(objectFor(shape.type(), faults), faults);
  if (shape.of !== 'list') return junk;
  const { each, max = 10, min } = shape;
  const length = { minLength: Math.max(0, min - faults), maxLength: Math.min(max, min + 2), size: 'max' } as const;
  const some = fc.array(valueFor(each, faults), length);
  const tooMany = each.of === 'object' ? fc.constant(Array.from({ length: max + 1 }, () => ({}))) : junk;
  return often(fc.oneof({ arbitrary: some, weight: 30 }, { arbitrary: tooMany, weight: faults }), faults);
}

function objectFor(described: Described, faults: Faults): fc.Arbitrary<object> {
  const fields = [...fieldsOf(described)];
  const record = Object.fromEntries(fields.map(([name, { shape }]) => [name, valueFor(shape, faults)]));
  const required = fields.filter(([, { optional }]) => !optional).map(([name]) => name);
  const whole = fc.record(record, { requiredKeys: required });
  const partial = fc.record(record, { requiredKeys: [] });
  const more = fc.tuple(whole, fc.constantFrom('extra', 'constructor', 'id')).map(([fields, name]) => ({
    ...fields,
    [name]: 1,
  }));
  return fc.oneof(
    { arbitrary: whole, weight: 20 },
    { arbitrary: partial, weight: 2 * faults },
    { arbitrary: more, weight: faults },
  );
}

/** A body with no fault but what one field says of another, with some faults, or none of the kind. */
const bodyFor = (request: Described): fc.Arbitrary<unknown> =>
  fc.oneof(
    { arbitrary: objectFor(request, 0), weight: 10 },
    { arbitrary: objectFor(request, 1), weight: 20 },
    { arbitrary: junk, weight: 1 },
  );

/** What a schema cannot say: that two ways of writing one id are one, and that a print is of the same number. */
const unsaid = /^must (not name one twice|print the same value)/;

/** How much of each limit a body takes, written on lines of its own. */
function takenBy(body: unknown): BodyLimits {
  const taken = { bytes: Buffer.byteLength(JSON.stringify(body, null, 2)), keys: 0, depth: 0, items: 0, allItems: 0 };
  const look = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null) return;
    taken.depth = Math.max(taken.depth, depth);
    const inner = Object.values(value);
    if (Array.isArray(value)) {
      taken.items = Math.max(taken.items, inner.length);
      taken.allItems += inner.length;
    } else taken.keys += inner.length;
    for (const each of inner) look(each, depth + 1);
  };
  look(body, 1);
  return taken;
}

const requests = describedClasses().filter(({ name }) => /(Request|Row)$/.test(name));
const validation = requestValidation();

describe('Every request', () => {
  it('is among those that are tried', () => {
    // To load the features is to load their requests.
    expect(FeaturesModule).toBeDefined();
    expect(requests.length).toBeGreaterThan(35);
  });

  it.each(requests.map((request) => [request.name, request] as const))(
    'is taken within its limits where its schema takes it, and refused with its faults where not: %s',
    async (_, request) => {
      const schema = Compile(schemaOf(request));
      const limits = bodyLimitsOf(request);
      let taken = 0;
      const law = fc.asyncProperty(bodyFor(request), async (body) => {
        const faults = await validation.transform(body, { type: 'body', metatype: request as never }).then(
          () => [],
          (error: unknown) => {
            if (error instanceof MalformedInput) return error.faults;
            throw error;
          },
        );
        const right = schema.Check(body);
        if (right) {
          taken++;
          const beyond = Object.entries(takenBy(body)).filter(
            ([name, count]) => count > limits[name as keyof BodyLimits],
          );
          expect(beyond).toEqual([]);
        }
        const beyond = right && faults.length > 0 && faults.every(({ said }) => unsaid.test(inLanguage('en', said)));
        if (!beyond) expect({ body, faults, right }).toEqual({ body, faults, right: faults.length === 0 });
      });
      // What is right in one field in twenty ways is seldom right in all of many.
      for (let tries = 0; tries < 20 && taken === 0; tries++) await fc.assert(law, { numRuns: 150 });
      // Otherwise only refusals were tried.
      expect(taken).toBeGreaterThan(0);
    },
  );
});
