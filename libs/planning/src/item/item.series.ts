import {
  addTo,
  canonicalJson,
  copied,
  countingSteps,
  digestOfText,
  normaliseText,
  placeOf,
  stepOn,
  withStep,
} from '#kernel';
import type { DatedSeries, Own, RecordedFact } from '#kernel';
import { datedProperties, saidOfDays } from './item.properties.js';
import type { DatedProperty, DatedValues } from './item.properties.js';
import type { ItemAdopted, ItemEvent } from './item.events.js';
import type { Hold, ItemProperties, JudgementEvent, Lifecycle } from './item.properties.js';

/** A value as a decision compares it with another, however long it is. */
interface Compared {
  readonly digest: string;
}

/** What was said of an item's properties, by the days that it was said of. Grows with the revisions of the item. */
export type ItemSeries = {
  readonly [Name in Exclude<DatedProperty, 'lifecycle' | 'hold'>]: DatedSeries<Compared>;
} & {
  readonly lifecycle: DatedSeries<Compared & Pick<Lifecycle, 'state'>>;
  /** Up to when it rests; null: it does not. */
  readonly hold: DatedSeries<Compared & { readonly until: string | null }>;
};

type RevisionEvent = Exclude<ItemEvent, JudgementEvent>;

/** The series of an item that is adopted. */
export const seriesOf = (event: RecordedFact<ItemAdopted>): ItemSeries =>
  seriesAfter(Object.fromEntries(datedProperties.map((name) => [name, []])) as unknown as ItemSeries, event, copied);

/** The series after one more event, which speaks of whatever day. */
export function seriesAfter(known: ItemSeries, event: RecordedFact<RevisionEvent>, own: Own): ItemSeries {
  const series = own(known) as Record<DatedProperty, DatedSeries<Compared>>;
  const { revision } = event;
  const place = placeOf(event);
  if (event.type === 'ItemRevisionRetracted') {
    const { revisions } = event.data;
    for (const name of datedProperties) {
      series[name] = series[name].filter((step) => !revisions.includes(step.revision));
    }
  }
  for (const [name, value] of Object.entries(saidOfDays(event)) as [DatedProperty, unknown][]) {
    series[name] = withStep(series[name], { ...place, revision, value: compared(name, value) }, own);
  }
  return series as unknown as ItemSeries;
}

function compared(name: DatedProperty, value: unknown): Compared {
  const digest = digestOfValue(value);
  if (name === 'lifecycle') return { digest, state: (value as Lifecycle).state } as Compared;
  if (name === 'hold') return { digest, until: (value as Hold | null)?.until ?? null } as Compared;
  return { digest };
}

/** What is recorded is in NFC and without what is left out, and what a caller says may not be. */
const digestOfValue = (value: unknown): string => digestOfText(normaliseText(canonicalJson([value ?? null])));

/** Whether a value that is to hold from a day on holds on that day already: whatever holds later stays as it is. */
export const holdsAlready = <Name extends DatedProperty>(
  { series }: { readonly series: ItemSeries },
  name: Name,
  value: NonNullable<DatedValues[Name]> | null,
  day: string,
): boolean => stepOn<Compared>(series[name], day)?.value.digest === digestOfValue(value);

/** Whether an item has come to its place in life on a day already, with the same remarks. */
export function turnsAgain({ series }: { readonly series: ItemSeries }, next: Lifecycle, day: string): boolean {
  const step = stepOn(series.lifecycle, day);
  return step?.since === day && step.value.digest === digestOfValue(next);
}

/** Up to when an item rests on a day; undefined where it does not. */
export function restsUntil({ series }: { readonly series: ItemSeries }, day: string): string | undefined {
  const until = stepOn(series.hold, day)?.value.until ?? undefined;
  return until !== undefined && day < until ? until : undefined;
}

/** Days on which something holds: from one up to another, on which it does no longer; without end where there is none. */
export interface Span {
  readonly from: string;
  readonly to?: string;
}

/** On which days an item has which numbers, by their digests. What is discontinued has none any more, what was cancelled never. */
export function numbersOf({
  cancelled,
  series,
}: Pick<ItemProperties, 'cancelled'> & { readonly series: ItemSeries }): ReadonlyMap<string, readonly Span[]> {
  if (cancelled) return new Map();
  const ended = series.lifecycle.at(-1);
  const end = ended?.value.state === 'discontinued' ? ended.since : undefined;
  const steps = countingSteps(series.number);
  const found = new Map<string, Span[]>();
  for (const [index, { since: from, value }] of steps.entries()) {
    const next = steps[index + 1]?.since;
    const to = end !== undefined && (next === undefined || end < next) ? end : next;
    if (value.digest !== withoutNumber && (to === undefined || from < to)) {
      addTo(found, value.digest, { from, ...(to !== undefined && { to }) });
    }
  }
  return found;
}

/** What stands for a number in the series. */
export const digestOfNumber = (number: string): string => digestOfValue(number);

const withoutNumber = digestOfValue(null);
