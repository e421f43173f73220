import Type from 'typebox';
import { closed, key, note } from './vocabulary.js';

const end = (description: string) =>
  Type.Object({ plan: key('The plan'), item: key('An item of that plan') }, { ...closed, description });

export const successionSchema = Type.Object(
  {
    from: end('The older item'),
    to: end('The newer item'),
    kind: Type.Enum(['renumbered', 'reworded', 'merged', 'split', 'replaced', 'continues'], {
      description: 'What happened between them',
    }),
    inferred: Type.Optional(Type.Boolean({ description: 'Whether the link is a reading, not stated by a document' })),
    note: Type.Optional(note()),
  },
  { ...closed, description: 'A link from an item to its successor. Many to many, also between plans' },
);
