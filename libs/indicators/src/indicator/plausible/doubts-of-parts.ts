import { addDecimals, compareDecimals, doubt } from '#kernel';
import type { Doubt } from '#kernel';
import type { Observation } from '../indicator.decider.js';
import { asPrinted, valueIn } from './series-before.js';
import type { DefinedIndicator, Entry } from './series-before.js';

/** How values arise that lie between those of the parts, where the whole has parts. */
const averages = /^(share|accumulated-share|mean|annual-mean|per-[0-9]+)$/;

/**
 * What looks like a mistake between women, men and both together.
 * @param whole all that is known of the period with what is told
 * @param before the period to hold it against, that tells women and men
 */
export function doubtsOfParts(
  whole: Observation,
  { definition: { measure } }: DefinedIndicator,
  before: Entry | undefined,
): readonly Doubt[] {
  const { men, total, women } = whole;
  const [ofAll, ofWomen, ofMen] = [total, women, men].map(valueIn);
  if (ofWomen === undefined || ofMen === undefined) return [];
  const doubts: Doubt[] = [];
  const printed = { total: asPrinted(total), women: asPrinted(women), men: asPrinted(men) };
  if (ofAll !== undefined && measure.kind === 'count') {
    const sum = addDecimals(ofWomen, ofMen);
    if (compareDecimals(sum, ofAll) !== 0) doubts.push(partsDiffer('total', { ...printed, sum }));
  }
  if (ofAll !== undefined && averages.test(measure.kind)) {
    const sides = [ofWomen, ofMen].map((side) => compareDecimals(ofAll, side));
    if (sides.every((side) => side < 0) || sides.every((side) => side > 0)) {
      doubts.push(notBetween('total', printed));
    }
  }
  if (before && areExchanged([ofWomen, ofMen], before.observation)) {
    const { men: ofMenBefore, women: ofWomenBefore } = before.observation;
    const known = { period: before.period, womenBefore: asPrinted(ofWomenBefore), menBefore: asPrinted(ofMenBefore) };
    doubts.push(exchanged('women', { women: printed.women, men: printed.men, ...known }));
  }
  return doubts;
}

/** So much both values must have changed together for it to be asked, as a sum of logarithms: about a fifth each. */
const leastChange = 0.4;

/** Whether each value is much nearer to what the other sex had before than to what it had itself. */
function areExchanged([women, men]: readonly string[], before: Observation): boolean {
  const [now, then] = [[women, men].map(Number), [before.women, before.men].map((cell) => Number(valueIn(cell)))];
  if ([...now, ...then].some((value) => !(value > 0))) return false;
  const change = (one: number, other: number) =>
    Math.abs(Math.log(now[0]! / one)) + Math.abs(Math.log(now[1]! / other));
  const straight = change(then[0]!, then[1]!);
  return straight > leastChange && change(then[1]!, then[0]!) * 3 < straight;
}

const partsDiffer = doubt(
  'parts-make-total',
  'Women, {women}, and men, {men}, are {sum} together, and the total is {total}',
  'Kvinnor, {women}, och män, {men}, är tillsammans {sum}, och totalen är {total}',
);
const notBetween = doubt(
  'total-between-parts',
  'The total, {total}, does not lie between women, {women}, and men, {men}',
  'Totalen, {total}, ligger inte mellan kvinnor, {women}, och män, {men}',
);
const exchanged = doubt(
  'sexes-as-before',
  'Women, {women}, and men, {men}, look exchanged: for {period} they were {womenBefore} and {menBefore}',
  'Kvinnor, {women}, och män, {men}, ser omkastade ut: för {period} var de {womenBefore} och {menBefore}',
);
