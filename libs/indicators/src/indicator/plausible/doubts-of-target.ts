import { compareDecimals, doubt } from '#kernel';
import type { Doubt } from '#kernel';
import type { Indicator } from '../indicator.decider.js';
import type { Target } from '../indicator.events.js';

/** What looks like a mistake in what an indicator should reach. @param effectiveOn the day from which it should */
export function doubtsOfTarget(target: Target, indicator: Indicator, effectiveOn: string): readonly Doubt[] {
  if (indicator.status !== 'defined' || 'direction' in target) return [];
  const { direction, measure } = indicator.definition;
  const [limit, wanted] = 'atMost' in target ? [target.atMost, 'decrease'] : [target.atLeast, 'increase'];
  const field = 'atMost' in target ? 'target.atMost' : 'target.atLeast';
  const isShare = /^(share|accumulated-share)$/.test(measure.kind);
  return [
    ...(target.by <= effectiveOn ? [dueBefore('target.by', { by: target.by, from: effectiveOn })] : []),
    ...(direction !== 'maintain' && direction !== wanted ? [againstDirection(field, { field, direction })] : []),
    ...(isShare && (compareDecimals(limit, '0') < 0 || compareDecimals(limit, '100') > 0)
      ? [beyondWhole(field, { limit, unit: measure.unit })]
      : []),
  ];
}

const dueBefore = doubt(
  'target-to-come',
  'The target is due {by}, and is set from {from}',
  'Målet ska vara nått {by}, och sätts från {from}',
);
const againstDirection = doubt(
  'target-as-direction',
  'The threshold {field} goes against the wanted direction, {direction}',
  'Gränsvärdet {field} går emot den önskade riktningen, {direction}',
);
const beyondWhole = doubt(
  'share-within-whole',
  'A target of {limit} {unit} is no part of the whole',
  'Målet {limit} {unit} är ingen del av det hela',
);
