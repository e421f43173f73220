import { comesAfter, placeAfter } from './dated.js';
import type { Dated } from './dated.js';
import type { Own } from './folding.js';

/** A value, the day from which it holds, and which event of its stream said so. */
export interface DatedStep<Value> extends Dated<Value> {
  readonly revision: number;
}

/**
 * All that was ever said of one thing, in the order of the days that it speaks of, within a day as it was said, and of what was
 * said on one day as it was recorded: what counts on a day is the last step up to it. Nothing is left out: what another event
 * of the same day has replaced holds again where that one is taken back.
 */
export type DatedSeries<Value> = readonly DatedStep<Value>[];

/** The series with one more step, wherever its place is. */
export function withStep<Value>(series: DatedSeries<Value>, step: DatedStep<Value>, own: Own): DatedSeries<Value> {
  const steps = own(series);
  steps.splice(
    placeAfter(steps, (one) => !comesAfter(one, step)),
    0,
    step,
  );
  return steps;
}

/** What counts on a day; undefined where nothing was said of it or of an earlier one. */
export const stepOn = <Value>(series: DatedSeries<Value>, day: string): DatedStep<Value> | undefined =>
  series[placeOn(series, day) - 1];

const placeOn = (series: DatedSeries<unknown>, day: string): number => placeAfter(series, ({ since }) => since <= day);

/** What counts at some time, in the order of the days: of each day, the last that speaks of it. */
export const countingSteps = <Value>(series: DatedSeries<Value>): DatedStep<Value>[] =>
  series.filter(({ since }, index) => series[index + 1]?.since !== since);

/** The same of what is to count after a day. */
export const stepsAfter = <Value>(series: DatedSeries<Value>, day: string): DatedStep<Value>[] =>
  countingSteps(series.slice(placeOn(series, day)));
