import { dayInSweden, isKnown, rule, saidOn, saidWhen } from '#kernel';
import type { Dated, KnownBy, Own, RecordedFact, SaidWhen } from '#kernel';

/** What was said of one thing: from which day it holds, which event says so, and while when the record said it. */
export interface Told extends SaidWhen {
  /** The id of the event that says it. */
  readonly id: string;
  /** The day from which it holds: ISO day. */
  readonly since: string;
  /** When it was corrected or taken back, since which it says nothing: RFC 3339. */
  readonly until?: string;
}

export type ToldValue<Value> = Told & Dated<Value>;

/** What an event says. */
export const toldBy = (fact: Pick<RecordedFact<object>, 'effectiveOn' | 'id' | keyof SaidWhen>): Told => ({
  id: fact.id,
  since: fact.effectiveOn,
  ...saidWhen(fact),
});

/** Whether it stood as was known, or had been said; now, where neither is limited. */
export const stands = (row: Pick<Told, 'until' | keyof SaidWhen>, known: KnownBy = {}): boolean =>
  isKnown(row, known) && (row.until === undefined || !hasEnded(row.until, known));

const hasEnded = (until: string, { knownAt, saidBy }: KnownBy): boolean =>
  (knownAt === undefined || until <= knownAt) && (saidBy === undefined || dayInSweden(new Date(until)) <= saidBy);

/**
 * With one more thing said, where its day puts it; within a day, what was said last comes last, and of that what was recorded last.
 * @param corrects the event whose place it takes
 */
export function withTold<Row extends Told>(
  rows: readonly Row[],
  row: Row,
  own: Own,
  corrects?: string,
): readonly Row[] {
  const all = own(rows);
  const corrected =
    corrects === undefined ? -1 : all.findIndex(({ id, until }) => id === corrects && until === undefined);
  if (corrected >= 0) all[corrected] = { ...all[corrected]!, until: row.recordedAt };
  const takesItsPlace = corrected >= 0 && all[corrected]!.since === row.since;
  const place = takesItsPlace ? corrected : all.findLastIndex((one) => !comesAfter(one, row));
  all.splice(place + 1, 0, row);
  return all;
}

/** Of what is recorded later, it need not. */
const comesAfter = (one: Told, other: Told): boolean =>
  one.since > other.since || (one.since === other.since && other.attested !== undefined && saidOn(one) > saidOn(other));

/** With what an event said taken back; all of it, where none is named. */
export const withoutTold = <Row extends Omit<Told, 'since'>>(
  rows: readonly Row[],
  at: string,
  id?: string,
): readonly Row[] =>
  rows.map((row) => (row.until === undefined && (id === undefined || row.id === id) ? { ...row, until: at } : row));

/** The newest of those that stand and whose day has come; undefined where there is none. */
export const toldOn = <Row extends Told>(rows: readonly Row[], day: string, known: KnownBy = {}): Row | undefined =>
  rows.findLast((row) => row.since <= day && stands(row, known));

/** What an event said that is named as wrong, where it stands. */
export const standing = <Row extends Pick<Told, 'id' | 'until'>>(
  rows: readonly Row[],
  id: string | undefined,
): Row | undefined => (id === undefined ? undefined : rows.find((row) => row.id === id && row.until === undefined));

/**
 * What is to be corrected must stand, and a correction speaks of its day.
 * @param event the id that the caller names; undefined where it corrects nothing
 * @throws RuleViolation
 */
export function checkCorrects(row: Pick<Told, 'since'> | undefined, event: string | undefined, day: string): void {
  if (event === undefined) return;
  if (!row) throw nothingStands({ event });
  if (row.since !== day) throw otherDay({ day, effectiveOn: row.since });
}

export const nothingStands = rule(
  'corrected-stands',
  'Nothing stands that {event} has said and that this could correct or take back',
  'Inget gäller som {event} har sagt och som detta kan rätta eller ta tillbaka',
);
const otherDay = rule(
  'day-of-corrected',
  'A correction speaks of the day of what it corrects, {effectiveOn}, and not of {day}',
  'En rättelse avser den dag som det rättade avser, {effectiveOn}, och inte {day}',
);
