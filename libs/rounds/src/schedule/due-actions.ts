import { dayInSweden } from '#kernel';
import type { RoundDocument } from '../round/read-models/round-directory/round-directory.projection.js';

/** Something that a round's schedule has done by itself, and the day it was scheduled for. */
export interface DueAction {
  readonly action: 'open' | 'remind' | 'freeze';
  /** ISO day. */
  readonly on: string;
}

/**
 * What a round's schedule asks for by a day, in the order in which it should be done, and has not been done.
 *
 * What was missed is caught up: of several missed reminders the newest alone, because a reminder tells what is missing
 * now. A reminder by hand on the day or later stands for the scheduled one. A reminder comes before a freeze that is due
 * with it: where the freeze is refused because bodies are not ready, they have been told.
 * @param today ISO day
 */
export function dueActions(
  { remindedAt, schedule, status }: Pick<RoundDocument, 'remindedAt' | 'schedule' | 'status'>,
  today: string,
): DueAction[] {
  if (!schedule) return [];
  const { freezesOn, opensOn, remindsOn } = schedule;
  if (status === 'planned') return opensOn !== undefined && opensOn <= today ? [{ action: 'open', on: opensOn }] : [];
  if (status !== 'open') return [];
  const due: DueAction[] = [];
  const reminder = remindsOn.findLast((day) => day <= today);
  if (reminder !== undefined && (!remindedAt || dayInSweden(new Date(remindedAt)) < reminder)) {
    due.push({ action: 'remind', on: reminder });
  }
  if (freezesOn !== undefined && freezesOn <= today) due.push({ action: 'freeze', on: freezesOn });
  return due;
}
