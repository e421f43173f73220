import { describe, expect, it } from '@jest/globals';
import { PlanFileFaults, readPlanFile } from './index.js';
import { wholeFile } from './testing/whole-file.js';

type Place = readonly (string | number)[];

/** Each type that YAML has, and texts that mean something to programs. */
const others: readonly unknown[] = [
  ...[null, true, 1.5, -1, 1e300, 2 ** 53, [], {}, [[{}]], [null], ''],
  ...[' ', '__proto__', 'constructor', 'x\u0000\u001b\u202e', '2025-02-30', '9999-12-31', 'x'.repeat(3_000)],
];

/** Every place in a value: the whole, and each property and item. */
function placesIn(value: unknown, place: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [place];
  const inner = Object.entries(value).flatMap(([name, each]) =>
    placesIn(each, [...place, Array.isArray(value) ? Number(name) : name]),
  );
  return [place, ...inner];
}

/** One of the places that differ in nothing but which item of a list they are in. */
function oneOfEach(places: readonly Place[]): Place[] {
  const ofKind = (place: Place) => place.map((each) => (typeof each === 'number' ? '*' : each)).join('.');
  return [...new Map(places.map((place) => [ofKind(place), place])).values()];
}

function replaced(value: unknown, [first, ...rest]: Place, by: unknown): unknown {
  if (first === undefined) return by;
  const whole = structuredClone(value) as Record<string | number, unknown>;
  whole[first] = replaced(whole[first], rest, by);
  return whole;
}

describe('A plan file with another type in one place', () => {
  const whole: unknown = JSON.parse(JSON.stringify(wholeFile()));

  it('is read or refused with the place, whichever place and type', () => {
    const places = oneOfEach(placesIn(whole));
    expect(places.length).toBeGreaterThan(200);
    const wrong: string[] = [];
    let refused = 0;
    for (const [at, place] of places.entries()) {
      // Every place has some of them, and each of them comes to places of every kind.
      for (const other of others.filter((_, index) => index % 12 === at % 12)) {
        const told = `${place.join('.')} ${JSON.stringify(other)?.slice(0, 30)}`;
        try {
          // JSON is YAML, and made sooner.
          readPlanFile(JSON.stringify(replaced(whole, place, other)), 'p.yaml');
        } catch (error) {
          refused++;
          if (!(error instanceof PlanFileFaults)) wrong.push(`${told}: ${String(error)}`);
          else if (error.faults.some(({ line, message }) => line < 1 || message.length > 600))
            wrong.push(`${told}: ${error.message.slice(0, 200)}`);
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(refused).toBeGreaterThan(places.length);
  });
});
