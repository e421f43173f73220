import Type from 'typebox';
import { closed, date, key, text } from './vocabulary.js';

/** A formal decision. @param description what it is behind */
export const decisionSchema = (description: string) =>
  Type.Object(
    {
      body: key('The deciding body'),
      date: date('The day of the decision'),
      diarienummer: Type.Optional(text('The registry number of the matter', 100)),
      paragraph: Type.Optional(text('The paragraph of the minutes', 100)),
    },
    { ...closed, description },
  );
