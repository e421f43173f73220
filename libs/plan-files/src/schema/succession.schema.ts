import Type from 'typebox';
import { decisionSchema } from './decision.schema.js';
import { closed, date, key, newInTwo, note, text } from './vocabulary.js';

const end = (description: string) =>
  Type.Object({ plan: key('The plan'), item: key('An item of that plan') }, { ...closed, description });

export const successionKind = Type.Enum(
  ['kept', 'renumbered', 'reworded', 'merged', 'split', 'replaced', 'continues'],
  { description: 'What happened between them' },
);

export const printedLabel = Type.Optional(text('What the document itself calls this revision', 200));

export const answerSchema = Type.Object(
  {
    from: end('The item that answers, such as an assignment in the plan of a board'),
    to: end('The item of another plan that it answers, such as that assignment in the plan of the council'),
    on: Type.Optional(date('The day from which it does; left out, the first day of the item of this file')),
    decision: Type.Optional(decisionSchema('The formal decision behind it')),
    inferred: Type.Optional(
      Type.Boolean({
        description: 'Whether the link is a reading, not stated by a document: its note then says of what',
      }),
    ),
    note: Type.Optional(note()),
  },
  { ...closed, description: 'What a body does about an item of another plan: both are in force beside each other' },
);

export const successionSchema = Type.Object(
  {
    from: end('The older item'),
    to: end('The newer item'),
    kind: successionKind,
    on: Type.Optional(
      date('The day from which the one succeeds the other; left out, the first day of the newer one, where it is told'),
    ),
    decision: Type.Optional(decisionSchema('The formal decision behind it')),
    inferred: Type.Optional(
      Type.Boolean({
        description: 'Whether the link is a reading, not stated by a document: its note then says of what',
      }),
    ),
    printedLabel,
    note: Type.Optional(note()),
  },
  {
    ...closed,
    ...newInTwo('decision', 'on', 'printedLabel'),
    description: 'A link from an item to its successor. Many to many, of several kinds, also between plans',
  },
);
