import Type from 'typebox';
import { attestingKinds, kind } from '#kernel';
import { closed, date, key, text } from './vocabulary.js';
import { wording } from './wording.js';

const evidence = Type.Object(
  {
    kind: Type.Enum([...attestingKinds], { description: 'What sort of document it is' }),
    title: text('What the document is called', 500),
    reference: Type.Optional(text('Where to find it: its registry number, paragraph or address', 500)),
    sha256: Type.Optional(
      Type.String({
        description: 'The SHA-256 of the file, in small hexadecimal digits; a file must have one',
        pattern: kind.sha256.schema.pattern!,
        patternErrorMessage: wording(
          'sha256',
          'a SHA-256 has 64 digits of 0–9 and a–f',
          'en SHA-256 har 64 siffror av 0–9 och a–f',
        ),
      }),
    ),
  },
  { ...closed, description: 'A document that proves it' },
);

/** When something was said in the world, by whom, and what proves it. */
export const attestedSchema = Type.Object(
  {
    on: Type.Optional(
      date('The day on which it was said, not after the day of the load; left out beside steps, the day of each step'),
    ),
    role: text('The office of who said it, and no name of a person', 200),
    body: Type.Optional(key('The body that said it, or on whose behalf it was said')),
    evidence: Type.Array(evidence, { description: 'What proves it', minItems: 1, maxItems: 20 }),
  },
  { ...closed, description: 'When it was said in the world, by whom, and what proves it' },
);
