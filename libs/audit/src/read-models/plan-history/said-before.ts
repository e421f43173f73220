import { partId } from '#projecting';
import type { RecordedEvent } from '#kernel';
import { changeOf } from '#planning';
import type { ItemChange } from '#planning';
import { wasToCome } from '../../item-history/said-of-days.js';
import type { EventOfDays } from '../../item-history/said-of-days.js';
import { isOfItem } from './event-of-plan.js';
import type { EventOfPlan } from './event-of-plan.js';
import { isOfPlanDays, recordChangeOf } from './record-entry.js';

/**
 * Where what the record said before an event is to be found, by the revisions of the events that said it: an entry does not
 * say again what another one says.
 */
export type SaidBefore =
  /** Each property by itself; `null` where nothing had been said of it. */
  | { readonly kind: 'properties'; readonly properties: Readonly<Record<string, number | null>> }
  /** The log, which tells it day by day: it speaks of days to come, or of earlier ones than others before it. */
  | { readonly kind: 'days' }
  /** All that the same body said last of what stood then, which its entries before this one tell. */
  | { readonly kind: 'body' }
  /** All that was said last of the same assessment, which its entries before this one tell. */
  | { readonly kind: 'assessment' }
  /** What the events about the same subject said, each property by itself: its document names them. */
  | { readonly kind: 'of'; readonly subject: string };

/** By which events it was last said what a record says. One size, whatever happens to the record. */
export interface LastSaid {
  /** By property; undefined before the first of them. */
  readonly properties?: Readonly<Record<string, number>>;
  /** Of an item: the day that its story begins on. What a plan is adopted with holds on any day. */
  readonly begins?: string;
  /** And by property the day that was spoken of, where it is another; after every day where only the log tells what was said last. */
  readonly days?: Readonly<Record<string, string>>;
}

/** The day that was last spoken of a property; empty where nothing was said of it. */
const dayOf = ({ begins = '', days, properties }: LastSaid, name: string): string =>
  properties?.[name] === undefined ? '' : (days?.[name] ?? begins);

const isOfDays = (event: RecordedEvent<EventOfPlan>): event is RecordedEvent<EventOfDays> =>
  isOfItem(event) || isOfPlanDays(event);

/** What an event says: what it speaks of, and what the record says since. */
export const changeIn = (event: EventOfPlan): ItemChange => (isOfItem(event) ? changeOf(event) : recordChangeOf(event));

/**
 * What several events speak of beside the record as a whole: a body in a round, a period.
 * @returns undefined for what speaks of the whole, and of an assessment, which its entries tell of
 */
export function subjectOf({ about, assessment }: ItemChange): string | undefined {
  if (assessment) return undefined;
  const { bodyId, period } = about;
  return bodyId === undefined && period === undefined ? undefined : `of-${JSON.stringify([bodyId, period])}`;
}

export const subjectId = (stream: string, subject: string): string => partId(stream, subject);

/** Where to find what the record said before an event. @param last as it was before the event */
export function saidBefore(
  event: RecordedEvent<EventOfPlan>,
  change: ItemChange,
  last: LastSaid | undefined,
): SaidBefore {
  const { after, assessment } = change;
  if (assessment) return { kind: assessment.step === 'made' ? 'body' : 'assessment' };
  const subject = subjectOf(change);
  if (subject !== undefined) return { kind: 'of', subject };
  const { properties } = last ?? {};
  if (isOfDays(event) && isOutOfOrder(event, change, last)) return { kind: 'days' };
  const known = isOfItem(event)
    ? Object.keys(properties ? after : {})
    : Object.keys(after).filter((name) => properties?.[name] !== undefined);
  return {
    kind: 'properties',
    properties: Object.fromEntries(known.map((name) => [name, properties?.[name] ?? null])),
  };
}

/** Whether what an event says is not simply set against what was said last: of days to come, of earlier ones, or taken back. */
function isOutOfOrder(event: RecordedEvent<EventOfDays>, { after }: ItemChange, last: LastSaid | undefined): boolean {
  if (event.type === 'PlanAdopted') return last?.properties !== undefined;
  if (event.type === 'ItemRevisionRetracted' || wasToCome(event)) return true;
  const { attested, effectiveOn } = event.metadata;
  const isAfter = (day: string) => day > effectiveOn || (day === effectiveOn && attested !== undefined);
  return Object.keys(after).some((name) => isAfter(dayOf(last ?? {}, name)));
}

/** What is attested of the same day may have been said before. */
const untold = '~';

/** By which events it was last said after one more. Of an item and a plan, of the latest day; of all else, in the order of the record. */
export function lastSaidAfter(change: ItemChange, event: RecordedEvent<EventOfPlan>, last: LastSaid = {}): LastSaid {
  if (change.assessment || subjectOf(change) !== undefined) return last;
  const names = Object.keys(change.after);
  if (isOfDays(event)) return lastOfDays(names, event, last);
  return { ...last, properties: { ...last.properties, ...eachBy(names, event) } };
}

const eachBy = (names: readonly string[], { revision }: RecordedEvent): Readonly<Record<string, number>> =>
  Object.fromEntries(names.map((name) => [name, revision]));

function lastOfDays(names: readonly string[], event: RecordedEvent<EventOfDays>, last: LastSaid): LastSaid {
  const { attested, effectiveOn } = event.metadata;
  // What was said of a plan that was cancelled is gone with it.
  if (event.type === 'PlanAdopted') return { properties: eachBy(names, event) };
  const begins = event.type === 'PlanAmended' ? '' : (last.begins ?? effectiveOn);
  const [properties, days] = [{ ...last.properties }, { ...last.days }];
  for (const name of names) {
    let on = effectiveOn;
    if (event.type === 'ItemRevisionRetracted') {
      if (dayOf(last, name) !== effectiveOn) continue;
      on = event.data.restores[name as keyof typeof event.data.restores]!.since;
    } else if (dayOf(last, name) > effectiveOn) continue;
    else if (dayOf(last, name) === effectiveOn && attested) on = untold;
    properties[name] = event.revision;
    if (on === begins) delete days[name];
    else days[name] = on;
  }
  return { properties, ...(begins && { begins }), ...(Object.keys(days).length > 0 && { days }) };
}
