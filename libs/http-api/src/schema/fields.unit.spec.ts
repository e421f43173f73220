import { describe, expect, it } from '@jest/globals';
import { Compile } from 'typebox/compile';
import { kind } from '#kernel';
import {
  CodesField,
  DayField,
  ExactlyOneOf,
  IdField,
  IntegerField,
  ObjectField,
  ObjectsField,
  TextField,
  ValueField,
} from './fields.js';
import { schemaOf } from './json-schema.js';
import { limitsOf } from './limits.js';

@ExactlyOneOf('note', 'id')
class Ground {
  @TextField({ description: 'In words', optional: true })
  note?: string;
  @IdField({ description: 'By id', optional: true })
  id?: string;
}

class Base {
  @DayField({ description: 'The day' })
  day!: string;
}

class Judgement extends Base {
  @ObjectsField(() => Ground, { description: 'The grounds', max: 10, optional: true })
  grounds?: Ground[];
  @ObjectField(() => Ground, { description: 'The first ground', nullable: true })
  first!: Ground | null;
  @CodesField({ description: 'Codes', min: 1, max: 3 })
  codes!: string[];
  @IntegerField({ description: 'How many', min: 1, max: 5, default: 2 })
  count: number = 2;
}

/** Properties that are not of their kind, none of which the compiler takes. */
class Mistaken {
  // @ts-expect-error -- a number is no text
  @TextField({ description: 'x' })
  text!: number;
  // @ts-expect-error -- what may be left out may be undefined
  @TextField({ description: 'x', optional: true })
  missing!: string;
  // @ts-expect-error -- what must be there is never undefined
  @TextField({ description: 'x' })
  there?: string;
  // @ts-expect-error -- one text is no list of them
  @CodesField({ description: 'x' })
  codes!: string;
  // @ts-expect-error -- null may come
  @ValueField(kind.day, { description: 'x', nullable: true })
  day!: string;
  // @ts-expect-error -- another class
  @ObjectField(() => Base, { description: 'x' })
  base!: Judgement['codes'];
}

describe('The schema of a class', () => {
  const right = { day: '2025-04-08', first: null, codes: ['a'] };

  it('takes what its fields are, inherited ones too, and nothing else', () => {
    const schema = Compile(schemaOf(Judgement));
    expect(schema.Check(right)).toBe(true);
    expect(schema.Check({ ...right, grounds: [{ note: 'a' }], first: { id: kindExample }, count: 5 })).toBe(true);
    for (const wrong of [
      { ...right, other: 1 },
      { ...right, first: undefined },
      { ...right, first: [] },
      { ...right, grounds: {} },
      { ...right, grounds: [{}] },
      { ...right, grounds: [{ note: 'a', id: kindExample }] },
      { ...right, codes: [] },
      { ...right, codes: ['a', 'a'] },
      { ...right, count: 6 },
      { ...right, day: 'today' },
      [],
      null,
    ]) {
      expect([wrong, schema.Check(wrong)]).toEqual([wrong, false]);
    }
  });

  it('gives what a reader of it needs to know beforehand', () => {
    expect(limitsOf(Judgement)).toMatchObject({ depth: 3, keys: 5 + 10 + 1, items: 10 });
    expect(limitsOf(Base)).toMatchObject({ depth: 1, keys: 1, items: 0, allItems: 0 });
  });

  it('is never of a class whose properties the compiler refuses', () => {
    expect(Object.keys((schemaOf(Mistaken) as { properties: object }).properties)).toHaveLength(6);
  });
});

const kindExample = '0b6c1f0e-53d4-5f0c-9a50-2f6f7f7c6d11';
