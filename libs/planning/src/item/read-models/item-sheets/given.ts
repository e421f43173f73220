import type { RecordedFact } from '#kernel';
import { isMaking } from '../../item.properties.js';
import type { JudgementEvent } from '../../item.properties.js';
import { saidBefore } from './day-number.js';

/** A body's newest judgement of an item in a round, by the events that tell it. */
export interface GivenJudgement {
  /** The revision of the event that made it. */
  readonly made: number;
  /** The revision of the event that says it as last corrected. */
  readonly said: number;
}

/**
 * What a body says of an item in a round, as documents keep it: its newest judgements that stand, in the order in which they were
 * said, each by the end of its id, its revision (and after `@` the day on which it was said, where that is before the record)
 * and the revision that last corrected it. Begins with `+` where there are older ones that are not kept, and is `?` where
 * only the facts tell. Empty where nothing stands.
 */
export type Given = string;

/** So many that stand are kept: more than that are rare. */
const kept = 4;
const unsettled = '?';

/** What the body says after one more judgement. @param fact of an event with this revision */
export function givenAfter(given: Given, event: RecordedFact<JudgementEvent>, revision: number): Given {
  const { data, type } = event;
  const tail = data.assessmentId.slice(-4);
  if (isMaking(event)) {
    const saidOn = saidBefore(event);
    const made = `${tail}.${revision}${saidOn === undefined ? '' : `@${saidOn.toString(36)}`}`;
    if (given === unsettled) return saidOn === undefined ? `+${made}` : unsettled;
    const known = judgementsIn(given);
    const place = saidOn === undefined ? known.length : placeIn(known, saidOn);
    if (place === undefined) return unsettled;
    // It was said before all that are kept: so may those have been that are not.
    if (place === 0 && hasOlder(given)) return given;
    const all = known.toSpliced(place, 0, made);
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
  const corrected = (one: string) => (one === about[0] ? [...one.split('.').slice(0, 2), revision].join('.') : one);
  return written(all.map(corrected), false);
}

/** Where something comes that was said on a day; undefined where it is not told when others were said that it may come before. */
function placeIn(known: readonly string[], saidOn: number): number | undefined {
  for (let place = known.length; place > 0; place--) {
    const [, day] = known[place - 1]!.split('.')[1]!.split('@');
    if (day === undefined) return undefined;
    if (Number.parseInt(day, 36) <= saidOn) return place;
  }
  return 0;
}

/** Whether only the facts tell what the body says. */
export const isUnsettled = (given: Given): boolean => given === unsettled;

/** The newest judgement; null where nothing stands; undefined where only the facts tell. */
export function newestGiven(given: Given): GivenJudgement | null | undefined {
  if (isUnsettled(given)) return undefined;
  if (given === '') return null;
  const [, made, said = made] = newestIn(given).split('.') as [string, string, string?];
  return { made: Number.parseInt(made, 10), said: Number.parseInt(said, 10) };
}

const newestIn = (given: Given): string => given.slice(given.lastIndexOf(' ') + 1);
const hasOlder = (given: Given): boolean => given.startsWith('+');
const judgementsIn = (given: Given): string[] => {
  const told = hasOlder(given) ? given.slice(1) : given;
  return told === '' ? [] : told.split(' ');
};
const written = (all: readonly string[], older: boolean): Given => `${older ? '+' : ''}${all.join(' ')}`;
