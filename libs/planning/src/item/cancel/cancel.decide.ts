import { rule, say } from '#kernel';
import type { DomainCommand, Said } from '#kernel';
import type { ItemEvent } from '../item.events.js';
import { standingIn } from '../item.state.js';
import type { ItemState } from '../item.state.js';
import { needAdopted, subjectOf } from '../item.rules.js';
import { checkDayOfRevision } from '../revision.told.js';

export type CancelItem = DomainCommand<
  'CancelItem',
  { reason: string },
  {
    /** The id of the event that adopted it. */
    readonly adoption: string | undefined;
    /** What others tell of it, as it is called in words: the first few. */
    readonly resting: readonly Said[];
  }
>;

/**
 * An item that should never have been adopted is taken out of every day, with all that was said of what it is. What others
 * rest on it, and what bodies have judged of it, is to be taken back first.
 */
export function cancel(command: CancelItem, state: ItemState): ItemEvent[] {
  const item = needAdopted(state);
  if (item.cancelled) return [];
  const { data, effectiveOn, facts } = command;
  checkDayOfRevision(item.adoptedOn, effectiveOn);
  const judged = standingIn(item);
  const resting = [...facts.resting, ...(judged > 0 ? [assessmentsThatStand({ count: judged })] : [])];
  if (resting.length > 0) throw restsOn({ item: item.title.value, resting });
  return [{ type: 'ItemCancelled', data: { ...subjectOf(command, item), reason: data.reason } }];
}

const restsOn = rule(
  'nothing-rests-on-item',
  '{item} cannot be cancelled, because of what rests on it: {resting}',
  '{item} kan inte tas tillbaka på grund av det som vilar på det: {resting}',
);
const assessmentsThatStand = say('{count} assessments of it', '{count} bedömningar av det');
