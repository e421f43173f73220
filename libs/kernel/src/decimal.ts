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
