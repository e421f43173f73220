import { inLanguage, joined, paramsIn, say, verbatim } from '../texts/said.js';
import type { Given, Language, Said } from '../texts/said.js';
import { DomainError } from './domain-error.js';

/** One thing that looks like a mistake, and may be meant. `rule` is what a caller confirms it by. */
export interface Doubt {
  readonly rule: string;
  /** Such as `effectiveOn` or `women.value`; the empty text where it is the whole. */
  readonly field: string;
  /** What is doubted, and what would not be. */
  readonly said: Said;
  /** Where it stands in a file, counted from 1. */
  readonly place?: { readonly line: number; readonly column: number };
}

/** What is asked can be recorded and looks like a mistake. All doubts are told at once; confirmed, the same is recorded. */
export class Doubtful extends DomainError {
  readonly code = 'doubtful';
  readonly status = 422;
  readonly title = {
    en: 'It looks like a mistake, and is not confirmed',
    sv: 'Det ser ut som ett misstag och är inte bekräftat',
  };

  /** @param file what the file is called in which they stand, where that is known */
  constructor(
    readonly doubts: readonly Doubt[],
    readonly file?: string,
  ) {
    const all = joined(
      doubts.map(({ said }) => said),
      '; ',
    );
    const said = unlessMeant({ doubts: all, rules: rulesOf(doubts) });
    super(file === undefined ? said : joined([verbatim(file), said], ': '));
  }

  /** Each doubt has its own. */
  override paramsIn(): Readonly<Record<string, unknown>> {
    return {};
  }

  override particularsIn(language: Language) {
    return {
      ...(this.file !== undefined && { file: this.file }),
      confirm: rulesOf(this.doubts),
      doubts: this.doubts.map((one) => doubtIn(one, language)),
    };
  }
}

/** A doubt as answers tell of it. */
export const doubtIn = ({ field, place, rule, said }: Doubt, language: Language) => ({
  field,
  rule,
  message: inLanguage(language, said),
  params: paramsIn(language, said),
  ...place,
});

/** The rules of some doubts, each once. */
export const rulesOf = (doubts: readonly Doubt[]): readonly string[] => [...new Set(doubts.map(({ rule }) => rule))];

const known = new Set<string>();

/** The codes of all rules by which anything is doubted, which are those that can be confirmed. */
export const knownDoubts = (): readonly string[] => [...known].sort();

/**
 * Declares a rule by which something is doubted.
 * @param code in lower-case words with hyphens; callers confirm by it and events keep it, so it never changes
 * @returns makes the doubt of a case: at a field, with what stands in the places of the text
 */
export function doubt<const En extends string, const Sv extends string>(
  code: string,
  en: En,
  sv: Parameters<typeof say<En, Sv>>[1],
): (field: string, ...given: Given<En>) => Doubt {
  const of = say<En, Sv>(en, sv);
  known.add(code);
  return (field, ...given) => ({ rule: code, field, said: of(...given) });
}

const unlessMeant = say(
  '{doubts}. Where it is meant, confirm: {rules}',
  '{doubts}. Om det är avsett, bekräfta: {rules}',
);
