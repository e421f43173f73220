import type { Doubt } from '#kernel';
import type { Indicator, Observation } from '../indicator.decider.js';
import { doubtsOfCells, doubtsOfRow } from './doubts-of-cells.js';
import { doubtsOfParts } from './doubts-of-parts.js';
import { doubtsOfPeriod } from './doubts-of-period.js';
import { inVersion, otherPeriods, periodBefore } from './series-before.js';

/** Values of a period as they are told. */
export interface ToldValues extends Observation {
  readonly period: string;
  readonly definition?: number;
  readonly reason?: string;
}

/**
 * What looks like a mistake in values that are recorded or corrected.
 * @param version of the definition that they are of; the newest where none is given
 * @param today ISO day
 */
export function doubtsOfValues(
  { definition: _version, period, reason: _reason, ...told }: ToldValues,
  known: Indicator,
  { today, version }: { readonly today: string; readonly version?: number },
): readonly Doubt[] {
  if (known.status !== 'defined') return [];
  const indicator = inVersion(known, version);
  const others = otherPeriods(indicator, period);
  const whole = { ...indicator.values[period], ...told };
  return [
    ...doubtsOfPeriod(period, told, others, { life: { since: known.begun.since, retiredOn: known.retiredOn }, today }),
    ...doubtsOfRow(period, told, indicator),
    ...doubtsOfParts(whole, indicator, periodBefore(others, period, ['women', 'men'])),
    ...doubtsOfCells(period, told, indicator),
  ];
}
