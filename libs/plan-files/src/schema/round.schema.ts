import Type from 'typebox';
import { closed, date, key, keys, text, year } from './vocabulary.js';

/** What opens a round, wherever it is opened: in a file's list of rounds, or in a step of a scenario. */
export const roundProperties = {
  key: key('The identity of the round'),
  kind: key('What sort of round it is'),
  year: year('The year that is followed up'),
  label: text('The name of the round', 200),
  referenceDate: date('The day that the follow-up speaks of'),
  deadline: date('The last day for assessments'),
  scope: keys('The kinds of item that are assessed', 'The code of a kind', { minItems: 1 }),
  othersMayContribute: Type.Optional(
    Type.Boolean({
      description: 'Whether bodies contribute also to items that do not concern them; left out, they do',
    }),
  ),
};

export const roundSchema = Type.Object(
  { plan: key('The plan that is followed up'), ...roundProperties },
  { ...closed, description: 'A round (uppföljningstillfälle)' },
);
