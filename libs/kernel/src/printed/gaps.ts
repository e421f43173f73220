/**
 * Why there is no value. A blank may mean any of these, so that whoever records it says which; `no-reason` says that nobody
 * knows.
 */
export const gapReasons = [
  'not-measured',
  'not-split-by-sex',
  'not-applicable',
  'not-reported',
  'secrecy',
  'small-numbers',
  'not-yet-published',
  'nothing-to-report',
  'no-reason',
] as const;
export type GapReason = (typeof gapReasons)[number];

const inSwedish: Readonly<Record<GapReason, string>> = {
  'not-measured': 'inte mätt',
  'not-split-by-sex': 'inte könsuppdelat',
  'not-applicable': 'inte tillämpligt',
  'not-reported': 'inte redovisat',
  secrecy: 'sekretess',
  'small-numbers': 'för få för att redovisas',
  'not-yet-published': 'inte publicerat än',
  'nothing-to-report': 'inget att redovisa',
  'no-reason': 'saknas utan angivet skäl',
};

/** Why there is no value, as a Swedish reader is told; a reason that is not known, as it is. */
export const gapInSwedish = (reason: string): string =>
  Object.hasOwn(inSwedish, reason) ? inSwedish[reason as GapReason] : reason;

/**
 * The signs that stand in place of numbers, as Statistics Sweden (SCB) explains them under its tables, and `x` for what is
 * withheld, as Socialstyrelsen prints it.
 */
const signs: Readonly<Record<string, GapReason>> = {
  '..': 'not-reported',
  '\u2025': 'not-reported',
  '.': 'not-applicable',
  '-': 'nothing-to-report',
  '\u2212': 'nothing-to-report',
  '\u2013': 'nothing-to-report',
  '\u2014': 'nothing-to-report',
  x: 'secrecy',
  X: 'secrecy',
};

/** Why a table prints no number where a sign stands; undefined where the text is no such sign. */
export const gapOfSign = (text: string): GapReason | undefined =>
  Object.hasOwn(signs, text.trim()) ? signs[text.trim()] : undefined;
