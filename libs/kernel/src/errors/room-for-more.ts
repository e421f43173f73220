import { rule } from './rule-violation.js';

/**
 * What is said of a thing is kept together and read whole, so that it has to end somewhere.
 * @param events that would be recorded of it: where there are none, nothing is added
 * @param kept how much is kept of it already
 * @param most from how much on nothing is added to it
 * @throws RuleViolation
 */
export function whileThereIsRoom<Event>(events: Event[], kept: number, most: number): Event[] {
  if (events.length > 0 && kept >= most) throw noRoom({ most });
  return events;
}

const noRoom = rule(
  'room-for-more',
  'So much has been said of it that no more is kept: {most} is the most',
  'Så mycket har sagts om det att inget mer kan sparas: {most} är det mesta',
);
