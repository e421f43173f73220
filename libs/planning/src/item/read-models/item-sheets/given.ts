import { dayInSweden } from '#kernel';
import type { RecordedFact } from '#kernel';
import { isMaking } from '../../item.properties.js';
import type { JudgementEvent } from '../../item.properties.js';

/** A body's newest judgement of an item in a round, by the events that tell it. */
export interface GivenJudgement {
  /** The revision of the event that made it. */
  readonly made: number;
  /** The revision of the event that says it as last corrected. */
  readonly said: number;
  /** The day on which it was recorded, in Sweden (`dayNumber`). */
  readonly day: number;
}

/**
 * What a body says of an item in a round, as sheets keep it: its newest judgements that stand, oldest first, each by the
 * end of its id, its revision, the day on which it was recorded and the revision that last corrected it. Begins with `+`
 * where there are older ones that are not kept, and is `?` where only the facts tell. Empty where nothing stands.
 */
export type Given = string;

/** So many that stand are kept: more than that are rare. */
const kept = 4;
const unsettled = '?';

/** What the body says after one more judgement. @param fact of an event with this revision */
export function givenAfter(given: Given, event: RecordedFact<JudgementEvent>, revision: number): Given {
  const { data, recordedAt, type } = event;
  const tail = data.assessmentId.slice(-4);
  if (isMaking(event)) {
    const made = [tail, revision, dayNumber(dayInSweden(new Date(recordedAt))).toString(36)].join('.');
    if (given === unsettled) return `+${made}`;
    const all = [...judgementsIn(given), made];
    return written(all.slice(-kept), hasOlder(given) || all.length > kept);
  }
  if (given === '' || given === unsettled) return given;
  const all = judgementsIn(given);
  const about = all.filter((one) => one.startsWith(`${tail}.`));
  // It may be about one that is not kept, or about either of two whose ids end alike.
  if (hasOlder(given) || about.length > 1) return unsettled;
  if (type === 'AssessmentWithdrawn')
    return written(
      all.filter((one) => one !== about[0]),
      false,
    );
  const corrected = (one: string) => (one === about[0] ? [...one.split('.').slice(0, 3), revision].join('.') : one);
  return written(all.map(corrected), false);
}

/** Whether only the facts tell what the body says. */
export const isUnsettled = (given: Given): boolean => given === unsettled;

/** The newest judgement; null where nothing stands; undefined where only the facts tell. */
export function newestGiven(given: Given): GivenJudgement | null | undefined {
  if (isUnsettled(given)) return undefined;
  if (given === '') return null;
  const [, made, day, said = made] = newestIn(given).split('.') as [string, string, string, string?];
  return { made: Number(made), said: Number(said), day: Number.parseInt(day, 36) };
}

/** The day on which the newest judgement was recorded, of a body that says something. */
export function dayOfNewest(given: Given): number {
  const newest = newestIn(given);
  const from = newest.indexOf('.', newest.indexOf('.') + 1) + 1;
  // It ends where the number does, which may be followed by more.
  return Number.parseInt(newest.slice(from), 36);
}

const newestIn = (given: Given): string => given.slice(given.lastIndexOf(' ') + 1);
const hasOlder = (given: Given): boolean => given.startsWith('+');
const judgementsIn = (given: Given): string[] => {
  const told = hasOlder(given) ? given.slice(1) : given;
  return told === '' ? [] : told.split(' ');
};
const written = (all: readonly string[], older: boolean): Given => `${older ? '+' : ''}${all.join(' ')}`;

const millisecondsOfDay = 86_400_000;
/** How many days a day comes after 1970-01-01: many are kept and compared. */
export const dayNumber = (day: string): number => Date.parse(day) / millisecondsOfDay;
