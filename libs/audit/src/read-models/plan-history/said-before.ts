import { partId } from '#projecting';
import { changeOf } from '#planning';
import type { ItemChange } from '#planning';
import { isOfItem } from './event-of-plan.js';
import type { EventOfPlan } from './event-of-plan.js';
import { recordChangeOf } from './record-entry.js';

/**
 * Where what the record said before an event is to be found, by the revisions of the events that said it: an entry does not
 * say again what another one says.
 */
export type SaidBefore =
  /** Each property by itself; `null` where nothing had been said of it. */
  | { readonly kind: 'properties'; readonly properties: Readonly<Record<string, number | null>> }
  /** All that one event said. */
  | { readonly kind: 'entry'; readonly revision: number }
  /** What the events about the same subject said, which its document names: all of the last one, or each property by itself. */
  | { readonly kind: 'subject'; readonly subject: string; readonly whole: boolean }
  /** Further back than is kept: the log alone tells. */
  | { readonly kind: 'log' };

/** An assessment that stands, and the event that said last what it says. */
interface Standing {
  readonly assessmentId: string;
  readonly revision: number;
}

/** What a body's newest assessments are, those last that were said or corrected last. */
export interface StandingOfBody {
  readonly newest: readonly Standing[];
  /** Whether there were more than are kept. */
  readonly more?: true;
}

/** By which events it was last said what a record says. One size, whatever happens to the record. */
export interface LastSaid {
  /** By property; undefined before the first of them. */
  readonly properties?: Readonly<Record<string, number>>;
  /** By body. */
  readonly standing?: Readonly<Record<string, StandingOfBody>>;
}

/** So many assessments of one body can be withdrawn in a row before the log has to be asked what stood before them. */
const standingKept = 3;

/** What an event says: what it speaks of, and what the record says since. */
export const changeIn = (event: EventOfPlan): ItemChange => (isOfItem(event) ? changeOf(event) : recordChangeOf(event));

/**
 * What several events speak of beside the record as a whole: an assessment, a body in a round, a period.
 * @returns undefined for what speaks of the whole
 */
export function subjectOf({ about, assessment }: ItemChange): string | undefined {
  if (assessment) return `assessment-${assessment.assessmentId}`;
  const { bodyId, period } = about;
  return bodyId === undefined && period === undefined ? undefined : `of-${JSON.stringify([bodyId, period])}`;
}

export const subjectId = (stream: string, subject: string): string => partId(stream, subject);

/** Where to find what the record said before an event. @param last as it was before the event */
export function saidBefore(event: EventOfPlan, change: ItemChange, last: LastSaid | undefined): SaidBefore {
  const { after, assessment } = change;
  if (assessment?.step === 'made') {
    const { more, newest } = standingOf(last, assessment.bodyId);
    const top = newest.at(-1);
    if (top) return { kind: 'entry', revision: top.revision };
    return more ? { kind: 'log' } : { kind: 'properties', properties: {} };
  }
  const subject = subjectOf(change);
  if (subject !== undefined) return { kind: 'subject', subject, whole: assessment !== undefined };
  const { properties } = last ?? {};
  const known = isOfItem(event)
    ? Object.keys(properties ? after : {})
    : Object.keys(after).filter((name) => properties?.[name] !== undefined);
  return {
    kind: 'properties',
    properties: Object.fromEntries(known.map((name) => [name, properties?.[name] ?? null])),
  };
}

/** @param revision that of the event */
export function lastSaidAfter(change: ItemChange, revision: number, last: LastSaid | undefined): LastSaid {
  const { after, assessment } = change;
  if (assessment) {
    const { assessmentId, bodyId, step } = assessment;
    const { more, newest } = standingOf(last, bodyId);
    const others = newest.filter((one) => one.assessmentId !== assessmentId);
    const all = step === 'withdrawn' ? others : [...others, { assessmentId, revision }];
    const isMore = more ?? all.length > standingKept;
    const ofBody: StandingOfBody = { newest: all.slice(-standingKept), ...(isMore && { more: true }) };
    return { ...last, standing: { ...last?.standing, [bodyId]: ofBody } };
  }
  if (subjectOf(change) !== undefined) return { ...last };
  const said = Object.fromEntries(Object.keys(after).map((name) => [name, revision]));
  return { ...last, properties: { ...last?.properties, ...said } };
}

const standingOf = (last: LastSaid | undefined, bodyId: string): StandingOfBody =>
  last?.standing?.[bodyId] ?? { newest: [] };
