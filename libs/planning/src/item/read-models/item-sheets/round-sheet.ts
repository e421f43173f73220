import type { Document } from '#document-store';
import { dayInSweden, factOf } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { isMaking } from '../../item.properties.js';
import type { JudgementEvent } from '../../item.properties.js';
import type { Given } from './given.js';

/**
 * Which bodies have judged some items in a round, and when: `round.<id>.<bucket>`. All that is counted, and no more. Grows
 * with the items of the plan, and the bodies.
 */
export interface RoundSheet extends Document {
  readonly ofRound: string;
  /** Those that have said something, in the order in which they first did. */
  readonly bodies: readonly string[];
  readonly lines: readonly RoundLine[];
}

/**
 * An item of which something was said in the round, up to which position, and of each body in the order of the sheet the day
 * on which its newest judgement was recorded (`dayNumber`); those that follow the last that said something are left out.
 */
export type RoundLine = readonly [itemId: string, position: string, days: readonly number[]];

/** What bodies say of one item in a round: `round.<id>.<bucket>|<item>`. Grows with the bodies. */
export interface JudgementsOfItem extends Document {
  /** In the order of the sheet. */
  readonly given: readonly Given[];
}

/** In place of a day: the body has said nothing. */
export const nothing = 0;
/** In place of a day: it withdrew something, and what is left of it is told with its judgements of the item. */
export const untold = -1;

/** The sheet after one more event about an item of it. */
export function withLine(sheet: RoundSheet | undefined, _id: string, event: RecordedEvent<JudgementEvent>): RoundSheet {
  const { data, metadata, position, type } = event;
  const { bodyId, itemId, roundId: ofRound } = data;
  const { bodies: known = [], lines = [] } = sheet ?? {};
  const bodies = known.includes(bodyId) ? known : [...known, bodyId];
  const place = bodies.indexOf(bodyId);
  const at = lines.findIndex(([of]) => of === itemId);
  const days = [...(lines[at]?.[2] ?? [])];
  while (days.length <= place) days.push(nothing);
  if (isMaking(factOf<JudgementEvent>(event))) days[place] = dayNumber(dayInSweden(new Date(metadata.recordedAt)));
  else if (type === 'AssessmentWithdrawn') days[place] = untold;
  const line: RoundLine = [itemId, position, days];
  return { _id, ofRound, bodies, lines: at < 0 ? [...lines, line] : lines.with(at, line) };
}

const millisecondsOfDay = 86_400_000;
/** How many days a day comes after 1970-01-01: many are kept and compared. */
export const dayNumber = (day: string): number => Date.parse(day) / millisecondsOfDay;
