import { rule } from '#kernel';
import type { DomainCommand } from '#kernel';
import { ofItemInForce, subjectOf } from '../item.rules.js';
import { holdsAlready } from '../item.series.js';

export type HoldItem = DomainCommand<'HoldItem', { until: string; reason: string }, void>;

/** An item rests from the day that the command speaks of, up to a later one on which it goes on by itself. */
export const hold = ofItemInForce<HoldItem>((command, item) => {
  const { data, effectiveOn: day } = command;
  if (data.until <= day) {
    throw holdEndsTooEarly({ from: day, until: data.until });
  }
  if (holdsAlready(item, 'hold', data, day)) return [];
  return [{ type: 'ItemHeld', data: { ...subjectOf(command, item), ...data } }];
});

const holdEndsTooEarly = rule(
  'hold-ends-later',
  'A hold from {from} must end after that day, and not on {until}',
  'Ett uppdrag som vilar från {from} ska återupptas efter den dagen, inte {until}',
);
