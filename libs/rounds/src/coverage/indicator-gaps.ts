import type { Cell, IndicatorDocument } from '#indicators';
import { overlaps, spanOfPeriod } from '#kernel';
import type { GapReason } from '#kernel';
import type { RoundContent } from '../round/round.js';

/** An indicator without a value for the round's year, and why. */
export interface IndicatorGap {
  readonly indicatorId: string;
  readonly name: string;
  /** The body that follows it. */
  readonly ownerId: string;
  /** `not-recorded` where nobody has said anything of the year. */
  readonly reason: GapReason | 'not-recorded';
  /** The period that the reason was given for. */
  readonly period?: string;
}

/** The indicators that were followed on the day of a round, and have no value for any period of its year begun by then. */
export function gapsOf(
  indicators: readonly IndicatorDocument[],
  { referenceDate, year }: Pick<RoundContent, 'referenceDate' | 'year'>,
): IndicatorGap[] {
  return indicators
    .filter(({ retired }) => retired === undefined || retired.on > referenceDate)
    .flatMap(({ _id: indicatorId, name, ownerId, series }): IndicatorGap[] => {
      const spoken = series.filter(
        ({ period, total }) => total && isOfYear(period, year) && spanOfPeriod(period).from <= referenceDate,
      );
      if (spoken.some(({ total }) => 'value' in total!)) return [];
      const newest = spoken.at(-1);
      const why = newest
        ? { reason: gapIn(newest.total!), period: newest.period }
        : { reason: 'not-recorded' as const };
      return [{ indicatorId, name, ownerId, ...why }];
    });
}

const gapIn = (cell: Cell): GapReason | 'not-recorded' => ('gap' in cell ? cell.gap : 'not-recorded');

const isOfYear = (period: string, year: number): boolean => overlaps(spanOfPeriod(period), spanOfPeriod(String(year)));
