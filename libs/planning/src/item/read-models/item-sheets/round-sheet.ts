import type { Document } from '#document-store';
import { dayInSweden, factOf } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { isMaking } from '../../item.properties.js';
import type { JudgementEvent } from '../../item.properties.js';
import type { ScaledLevel } from '../item-status/owners-judgements.js';
import { dayNumber, saidBefore } from './day-number.js';
import type { Given } from './given.js';
import { longId, shortId } from './short-id.js';

/**
 * Which bodies have judged some items in a round, and when: `round.<id>.<bucket>`. All that is counted, and no more. Grows
 * with the items of the plan, and the bodies.
 */
export interface RoundSheet extends Document {
  readonly ofRound: string;
  /** Those that have said something, in the order in which they first did: `shortId`. */
  readonly bodies: readonly string[];
  /** The levels that were given, in the order in which they first were. */
  readonly levels: readonly WrittenLevel[];
  readonly lines: readonly RoundLine[];
}

/**
 * An item of which something was said in the round, up to which position (without the zeros that it begins with: there are many
 * lines), and of each body in the order of the sheet the day
 * on which its newest judgement was recorded (`dayNumber`), and a sign for the level that it gives; those that follow the last
 * that said something are left out.
 */
export type RoundLine = readonly [itemId: string, position: string, days: readonly number[], signs: string];

/** A level and the version of the scale that it is of: `<short id of the scale> <version> <code>`. */
type WrittenLevel = string;

/** What bodies say of one item in a round: `round.<id>.<bucket>|<item>`. Grows with the bodies. */
export interface JudgementsOfItem extends Document {
  /** In the order of the sheet. */
  readonly given: readonly Given[];
}

/** In place of a day: the body has said nothing. */
export const nothing = 0;
/** In place of a day: which judgement is the newest is told with those of the item, since it withdrew one or said one late. */
export const untold = -1;

/** In place of a level: the body has said nothing. */
const noSign = ' ';
/** In place of a level: its newest judgement may be another since, or say another level, as is told with its judgements. */
const unclear = '?';
/** Stands for the first level of a sheet; those after it follow. */
const firstSign = 'A'.charCodeAt(0);

/** What a body says of an item: undefined where it says nothing, null where only its judgements of the item tell. */
export function levelIn({ levels }: RoundSheet, signs: string, place: number): ScaledLevel | null | undefined {
  const sign = signs[place] ?? noSign;
  if (sign === noSign) return undefined;
  if (sign === unclear) return null;
  const [scale = '', version, level = ''] = levels[sign.charCodeAt(0) - firstSign]!.split(' ');
  return { level, scale: { scaleId: longId(scale), version: Number(version) } };
}

/** Whether something was said of the item after a position, which is as wide as all are. */
export const isSaidAfter = ([, position]: RoundLine, since: string): boolean =>
  position.padStart(since.length, '0') > since;

/** The place of a body among those of a sheet. */
export const placeOf = ({ bodies }: RoundSheet, bodyId: string): number => bodies.indexOf(shortId(bodyId));

/** The sheet after one more event about an item of it. */
export function withLine(sheet: RoundSheet | undefined, _id: string, event: RecordedEvent<JudgementEvent>): RoundSheet {
  const { data, metadata, position, type } = event;
  const { bodyId, itemId, roundId: ofRound } = data;
  const { lines = [] } = sheet ?? {};
  const [bodies, place] = placed(sheet?.bodies ?? [], shortId(bodyId));
  let levels = sheet?.levels ?? [];
  const at = lines.findIndex(([of]) => of === itemId);
  const days = [...(lines[at]?.[2] ?? [])];
  while (days.length <= place) days.push(nothing);
  let sign = unclear;
  const fact = factOf<JudgementEvent>(event);
  // It may have been said before what the body is known to say.
  if (isMaking(fact) && saidBefore(fact) !== undefined && days[place] !== nothing) days[place] = untold;
  else if (isMaking(fact)) {
    const { level, scale } = fact.data;
    const [known, nth] = placed(levels, `${shortId(scale.scaleId)} ${scale.version} ${level}`);
    levels = known;
    sign = String.fromCharCode(firstSign + nth);
    days[place] = dayNumber(dayInSweden(new Date(metadata.recordedAt)));
  } else if (type === 'AssessmentWithdrawn') days[place] = untold;
  const line: RoundLine = [itemId, position.replace(/^0+/, ''), days, withSign(lines[at]?.[3] ?? '', sign, place)];
  return { _id, ofRound, bodies, levels, lines: at < 0 ? [...lines, line] : lines.with(at, line) };
}

/** A list with a text, and the place of that in it. */
function placed(known: readonly string[], text: string): readonly [all: readonly string[], place: number] {
  const place = known.indexOf(text);
  return place < 0 ? [[...known, text], known.length] : [known, place];
}

const withSign = (signs: string, sign: string, place: number): string =>
  signs.padEnd(place, noSign).slice(0, place) + sign + signs.slice(place + 1);
