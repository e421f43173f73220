import Type from 'typebox';
import { closed, date, grounds, key, keys, newInTwo, note, text } from './vocabulary.js';

const alias = Type.Object(
  {
    name: text('An abbreviation, an older name or another spelling', 200),
    from: Type.Optional(date('First day on which the alias means this body')),
    to: Type.Optional(date('Last day on which the alias means this body')),
    note: Type.Optional(note()),
  },
  { ...closed, description: 'Another name of a body. It means one body only at any one time' },
);

export const bodySchema = Type.Object(
  {
    key: key('The stable identity of the body within its tenant'),
    name: text('The full name', 200),
    kind: Type.Enum(['council', 'board', 'company', 'other'], { description: 'What sort of body it is' }),
    aliases: Type.Optional(Type.Array(alias, { description: 'Other names under which documents speak of the body' })),
    ...grounds,
  },
  {
    ...closed,
    ...newInTwo('inferred'),
    description: 'A council, a board (nämnd), a municipal company or another body',
  },
);

const membership = Type.Object(
  {
    from: date('First day of this membership; it holds until the next one begins'),
    bodies: keys('The members', 'A member, by its key', { minItems: 1 }),
  },
  { ...closed, description: 'Who belongs to the group from a day on' },
);

export const groupSchema = Type.Object(
  {
    key: key('The stable identity of the group'),
    name: text('The name as documents write it', 200),
    members: Type.Array(membership, { description: 'The memberships, oldest first', minItems: 1 }),
    note: Type.Optional(note()),
  },
  { ...closed, description: 'Bodies that a document speaks of together' },
);
