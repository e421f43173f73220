import Big from 'big.js';

/** Decimals are text with a point, as recorded: `5.0` keeps its zero. Floating point never touches them. */
const pattern = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/;

export const decimalPattern = pattern.source;

export const isDecimal = (text: string): boolean => pattern.test(text);

/** Below zero where `left` is the smaller. @throws Error where one is no decimal */
export const compareDecimals = (left: string, right: string): number => new Big(left).cmp(new Big(right));

/** `left + right`, with as many decimals as the more exact of the two. @throws Error where one is no decimal */
export const addDecimals = (left: string, right: string): string =>
  new Big(left).plus(new Big(right)).toFixed(Math.max(decimalsOf(left), decimalsOf(right)));

/** `left − right`, with as many decimals as the more exact of the two. @throws Error where one is no decimal */
export const subtractDecimals = (left: string, right: string): string =>
  new Big(left).minus(new Big(right)).toFixed(Math.max(decimalsOf(left), decimalsOf(right)));

/** How many decimals a decimal is written with. */
export const decimalsOf = (decimal: string): number => decimal.split('.')[1]?.length ?? 0;

/**
 * `numerator × factor ÷ denominator`, of the exact quotient, a half rounded away from zero.
 * @param factor a whole number
 * @param decimals how many it is told with
 * @returns undefined where the denominator is zero
 * @throws Error where one is no decimal
 */
export function quotientOfDecimals(
  numerator: string,
  denominator: string,
  { decimals, factor }: { readonly factor: number; readonly decimals: number },
): string | undefined {
  const scale = Math.max(decimalsOf(numerator), decimalsOf(denominator));
  const whole = (decimal: string): bigint => BigInt(new Big(`${decimal}e${scale}`).toFixed(0));
  const [over, under] = [whole(numerator) * BigInt(factor) * 10n ** BigInt(decimals), whole(denominator)];
  if (under === 0n) return undefined;
  const [dividend, divisor] = [over < 0n ? -over : over, under < 0n ? -under : under];
  const rounded = (2n * dividend + divisor) / (2n * divisor);
  const sign = rounded > 0n && over < 0n !== under < 0n ? '-' : '';
  return new Big(`${sign}${rounded}e-${decimals}`).toFixed(decimals);
}
