import type { LevelOfBody, SheetItem } from '#planning';
import type { RoundContent } from '../round/round.js';
import { isAssessedIn } from '../coverage/expected.js';
import { agreementAmong, agreementWith } from './agreement.js';
import type { Agreement } from './agreement.js';

/** An item of which a round says several things that differ, or that cannot be compared. */
export interface DifferingItem {
  readonly item: SheetItem;
  readonly agreement: Exclude<Agreement, 'same'>;
  readonly levels: readonly LevelOfBody[];
}

/** Of the items that a round assesses. Those that are judged by several bodies are `same`, `differing` or `notComparable`. */
export interface DifferingCounts {
  /** How many the round assesses. */
  readonly items: number;
  /** Those of them that no body, or a single one, has judged. */
  readonly judgedByOneAtMost: number;
  readonly same: number;
  readonly differing: number;
  /** No two comparable levels differ, and some are of other versions of a scale. */
  readonly notComparable: number;
}

export interface Differing {
  readonly counts: DifferingCounts;
  /** In no order. */
  readonly items: readonly DifferingItem[];
}

/**
 * Where bodies judge an item of a round otherwise than the owner of the plan or each other.
 * @param items as they were on the day that the round speaks of
 * @param levels by item, what bodies say in the round
 */
export function differingIn(
  round: Pick<RoundContent, 'scope'>,
  items: readonly SheetItem[],
  levels: ReadonlyMap<string, readonly LevelOfBody[]>,
): Differing {
  const assessed = items.filter((item) => isAssessedIn(item, round));
  const found = assessed.map((item) => {
    const given = levels.get(item._id) ?? [];
    return { item, levels: given, agreement: agreementAmong(given) };
  });
  const count = (agreement: Agreement | undefined) => found.filter((one) => one.agreement === agreement).length;
  return {
    counts: {
      items: assessed.length,
      judgedByOneAtMost: count(undefined),
      same: count('same'),
      differing: count('differs'),
      notComparable: count('not-comparable'),
    },
    items: found.filter(
      (one): one is DifferingItem => one.agreement === 'differs' || one.agreement === 'not-comparable',
    ),
  };
}

/** Whether a body is one of those whose judgements of an item differ from another's, or cannot be compared with it. */
export function isAmongDiffering({ levels }: DifferingItem, bodyId: string): boolean {
  const own = levels.find((one) => one.bodyId === bodyId);
  if (!own) return false;
  const agreement = agreementWith(
    own,
    levels.filter((one) => one !== own),
  );
  return agreement === 'differs' || agreement === 'not-comparable';
}
