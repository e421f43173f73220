import type { Doubt } from '#kernel';
import type { Indicator, Observation } from '../indicator.decider.js';
import { doubtsOfCells, doubtsOfRow } from './doubts-of-cells.js';
import { doubtsOfParts } from './doubts-of-parts.js';
import { doubtsOfPeriod } from './doubts-of-period.js';
import { otherPeriods, periodBefore } from './series-before.js';

/** Values of a period as they are told. */
export interface ToldValues extends Observation {
  readonly period: string;
  readonly reason?: string;
}

/** What looks like a mistake in values that are recorded or corrected. @param today ISO day */
export function doubtsOfValues(
  { period, reason: _reason, ...told }: ToldValues,
  indicator: Indicator,
  today: string,
): readonly Doubt[] {
  if (indicator.status !== 'defined') return [];
  const others = otherPeriods(indicator, period);
  const whole = { ...indicator.values[period], ...told };
  return [
    ...doubtsOfPeriod(period, told, others, today),
    ...doubtsOfRow(period, told, indicator),
    ...doubtsOfParts(whole, indicator, periodBefore(others, period, ['women', 'men'])),
    ...doubtsOfCells(period, told, indicator),
  ];
}
