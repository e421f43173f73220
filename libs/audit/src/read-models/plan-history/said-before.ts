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
  /** All that the same body said last of what stood then, which its entries before this one tell. */
  | { readonly kind: 'standing' }
  /** What the events about the same subject said, which its document names: all of the last one, or each property by itself. */
  | { readonly kind: 'subject'; readonly subject: string; readonly whole: boolean };

/** By which events it was last said what a record says. One size, whatever happens to the record. */
export interface LastSaid {
  /** By property; undefined before the first of them. */
  readonly properties?: Readonly<Record<string, number>>;
}

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
  if (assessment?.step === 'made') return { kind: 'standing' };
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
  if (subjectOf(change) !== undefined) return { ...last };
  const said = Object.fromEntries(Object.keys(change.after).map((name) => [name, revision]));
  return { ...last, properties: { ...last?.properties, ...said } };
}
