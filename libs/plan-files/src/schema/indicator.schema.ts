import Type from 'typebox';
import {
  cells,
  closed,
  date,
  decimal,
  directions,
  grounds,
  key,
  keys,
  newInTwo,
  note,
  period,
  text,
} from './vocabulary.js';
import { wording } from './wording.js';

const measure = Type.Object(
  {
    unit: text('What one unit of the value is, such as procent or besök', 100),
    kind: key('How the value arises, such as count, share or annual-mean. Only a count adds up over the sexes'),
  },
  { ...closed, description: 'What is measured' },
);

const value = Type.Object(
  { period: period(), ...cells },
  { ...closed, description: 'One column of the printed table', minProperties: 2 },
);

const targetNote = { note: Type.Optional(note()) };
const by = date('The day by which the threshold should be reached');

export const target = Type.Union(
  [
    Type.Object(
      { direction: Type.Enum(directions, { description: 'The wanted direction' }), ...targetNote },
      { ...closed, description: 'A direction' },
    ),
    Type.Object(
      { atMost: decimal('The highest value that meets the target'), by, ...targetNote },
      { ...closed, description: 'A ceiling with a deadline' },
    ),
    Type.Object(
      { atLeast: decimal('The lowest value that meets the target'), by, ...targetNote },
      { ...closed, description: 'A floor with a deadline' },
    ),
  ],
  {
    description: 'What the indicator should reach',
    errorMessage: wording(
      'target',
      'give a direction, or either atMost or atLeast together with by',
      'ge en riktning (direction), eller antingen atMost eller atLeast tillsammans med by',
    ),
  },
);

const derived = Type.Object(
  {
    numerator: key('The indicator of the same plan that stands above'),
    denominator: key('The indicator of the same plan that stands below'),
    factor: Type.Integer({
      description: 'What the quotient is multiplied by, such as 100',
      minimum: 1,
      maximum: 1_000_000,
    }),
    decimals: Type.Integer({
      description: 'How many decimals it is told with; a half is rounded away from zero',
      minimum: 0,
      maximum: 6,
    }),
  },
  { ...closed, description: 'The two indicators that it is the quotient of' },
);

const items = keys('The items that list it', 'An item of the plan', { minItems: 1 });
const comparison = text('The value it is compared with, as printed', 100);

/** What every definition says, the first one and those that redefine it. */
const definition = {
  name: text('Its name as printed', 500),
  owner: key('The body that follows it'),
  measure,
  direction: Type.Enum(directions, { description: 'The direction that the plan wants' }),
  source: text('Where the values come from, as printed', 500),
  sexes: Type.Boolean({ description: 'Whether it is shown for women and men under the total' }),
};

const nothing = Type.Null({ description: 'None' });

/** A whole definition from a day on, as in the API: null says that it is compared with nothing, or derived from nothing. */
export const redefinition = {
  ...definition,
  comparison: Type.Union([comparison, nothing], {
    description: 'The value it is compared with, as printed; null: with none',
    errorMessage: wording(
      'comparison',
      'give it in quotes as printed, or null where there is none',
      'ge det inom citattecken som det är tryckt, eller null om det inte finns något',
    ),
  }),
  derived: Type.Optional(
    Type.Union([derived, nothing], {
      description: 'The two indicators that it is the quotient of; null: of none; left out: as before',
      errorMessage: wording(
        'derivation',
        'give numerator, denominator, factor and decimals, or null where it is derived from nothing',
        'ge numerator, denominator, factor och decimals, eller null om den inte härleds ur något',
      ),
    }),
  ),
  items,
  breaksSeries: Type.Optional(
    Type.Boolean({
      description:
        'Whether values of before are not to be compared with those after it; another unit or kind says so by itself',
    }),
  ),
};

export const indicatorSchema = Type.Object(
  {
    key: key('The stable identity of the indicator within its plan'),
    ...definition,
    comparison: Type.Optional(comparison),
    derived: Type.Optional(derived),
    items,
    values: Type.Optional(Type.Array(value, { description: 'The values, one for each year, in order' })),
    target: Type.Optional(target),
    ...grounds,
  },
  { ...closed, ...newInTwo('inferred'), description: 'A measure that is followed over time' },
);
