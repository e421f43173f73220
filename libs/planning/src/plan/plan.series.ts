import { copied, digestOf, placeOf, stepOn, withStep } from '#kernel';
import type { DatedSeries, Place, RecordedFact } from '#kernel';
import type { PlanAdopted, PlanAmended, PlanContent } from './plan.events.js';

/** What was said of each property of a plan, by the days that it was said of. Grows with the amendments. */
export type PlanSeries = { readonly [Name in keyof PlanContent]: DatedSeries<PlanContent[Name]> };

/** The adoption holds on whichever day nothing else was said of. */
const ever = '';

export const seriesOf = ({ data, revision }: RecordedFact<PlanAdopted>): PlanSeries => {
  const { key: _key, planId: _plan, ...content } = data;
  return withSteps({}, content, { since: ever, revision });
};

/** The series after an amendment, which speaks of whatever day. */
export function seriesAfter(known: PlanSeries, event: RecordedFact<PlanAmended>): PlanSeries {
  const { planId: _plan, ...changed } = event.data;
  return withSteps(known, changed, { ...placeOf(event), revision: event.revision });
}

type SomeSeries = Readonly<Record<string, DatedSeries<unknown>>>;

function withSteps(
  known: object,
  values: Partial<PlanContent>,
  place: Place & { readonly revision: number },
): PlanSeries {
  const series: Record<string, DatedSeries<unknown>> = { ...(known as SomeSeries) };
  for (const [name, value] of Object.entries(values)) {
    series[name] = withStep(series[name] ?? [], { ...place, value }, copied);
  }
  return series as unknown as PlanSeries;
}

/** A plan as it is on a day. */
export const contentOn = (series: PlanSeries, day: string): PlanContent =>
  Object.fromEntries(
    Object.entries(series).map(([name, steps]) => [name, stepOn<unknown>(steps, day)?.value]),
  ) as unknown as PlanContent;

/** Who owns a plan on a day. */
export const ownerOn = (
  { owner, series }: PlanContent & { readonly series: PlanSeries },
  day: string,
): PlanContent['owner'] => stepOn(series.owner, day)?.value ?? owner;

/** What of an amendment says something else than holds on its day. */
export function changedFrom(current: PlanContent, asked: Partial<PlanContent>): Partial<PlanContent> {
  const isOther = (name: string, value: unknown) => {
    const known = current[name as keyof PlanContent];
    return known === undefined || digestOf(value) !== digestOf(known);
  };
  return Object.fromEntries(
    Object.entries(asked).filter(([name, value]) => value !== undefined && isOther(name, value)),
  );
}
