import type { BegunFacts } from './cancelled.js';

/** Of a command about what an event has said: the event that it corrects or takes back. */
export const aboutEvent = <Data>(eventOf: (data: Data) => string) => ({
  about: (data: Data) => Promise.resolve(eventOf(data)),
  corrects: (_facts: unknown, eventId: string) => eventId,
});

/** Of a command about how the thing came to be there: it speaks of the day of that. */
export const aboutItsBeginning = {
  effectiveOn: ({ begun }: BegunFacts) => begun?.since,
  corrects: ({ begun }: BegunFacts) => begun?.id,
};
