import type { DiscontinuationReason, RevisionClass, SuccessionKind } from '#planning';
import type { Word } from './compared-words.js';

/** What became of the items of a plan, with the plan after it. */
export interface Appendix {
  readonly older: PlanOfAppendix;
  readonly newer: PlanOfAppendix;
  /** An item of the older plan each, in the order of that plan. */
  readonly rows: readonly AppendixRow[];
  /** Of all rows, in the order of the classes: they add up to them. */
  readonly totals: readonly AppendixTotal[];
  /** The items of the newer plan that succeed none of the older one. */
  readonly added: readonly AppendixItem[];
}

export interface PlanOfAppendix {
  readonly id: string;
  readonly key?: string;
  readonly title: string;
}

export interface AppendixItem {
  readonly id: string;
  /** Its kind and number. */
  readonly label: string;
  readonly number?: string;
  readonly title: string;
}

/** What happened to an item, as the log tells it; `untold` where it tells nothing. */
export type AppendixClass = RevisionClass | 'untold';

export interface AppendixRow {
  readonly item: AppendixItem;
  /** How the document itself calls it. */
  readonly printedLabel?: string;
  readonly class: AppendixClass;
  /** The same in Swedish words, with the reason where there is one. */
  readonly classLabel: string;
  /** Why it was discontinued. */
  readonly reason?: DiscontinuationReason;
  readonly comment?: string;
  /** The formal decision, in words. */
  readonly decision?: string;
  readonly successors: readonly AppendixSuccessor[];
  readonly warnings: readonly AppendixWarning[];
}

export interface AppendixSuccessor {
  readonly item: AppendixItem;
  /** Every link to it, in the order of the record. */
  readonly links: readonly AppendixLink[];
  /** The wordings of both on the day of the last link. */
  readonly title: readonly Word[];
  readonly text: readonly Word[];
}

export interface AppendixLink {
  readonly kind: SuccessionKind;
  readonly inferred: boolean;
  readonly comment?: string;
  readonly printedLabel?: string;
  /** ISO day. */
  readonly on: string;
}

export interface AppendixTotal {
  readonly class: AppendixClass;
  readonly reason?: DiscontinuationReason;
  readonly label: string;
  readonly count: number;
}

export const warningCodes = ['unchanged-text-differs', 'label-says-otherwise'] as const;

/** What a reader of a row should know of it. */
export interface AppendixWarning {
  readonly code: (typeof warningCodes)[number];
  /** In Swedish. */
  readonly words: string;
}

const classLabels: Readonly<Record<AppendixClass, string>> = {
  kept: 'Kvarstår',
  renumbered: 'Nytt nummer',
  reworded: 'Omformulerad',
  merged: 'Sammanslagen',
  split: 'Delad',
  replaced: 'Ersatt',
  continues: 'Fortsätter',
  completed: 'Slutförd',
  discontinued: 'Upphörd',
  untold: 'Framgår inte',
};

const reasonLabels: Readonly<Record<DiscontinuationReason, string>> = {
  'core-work': 'ingår i grunduppdraget',
  'outside-control': 'utanför rådigheten',
  'became-activity': 'blev aktivitet',
  merged: 'slogs ihop',
  replaced: 'ersattes',
  decided: 'enligt beslut',
  other: 'av annat skäl',
};

/** `Upphörd, blev aktivitet`. */
export const classInWords = (of: AppendixClass, reason?: DiscontinuationReason): string =>
  `${classLabels[of]}${reason === undefined ? '' : `, ${reasonLabels[reason]}`}`;

/** How many rows there are of each class, and of each reason where they were discontinued. */
export function totalsOf(rows: readonly AppendixRow[]): AppendixTotal[] {
  const classes = Object.keys(classLabels) as AppendixClass[];
  const reasons = [undefined, ...(Object.keys(reasonLabels) as DiscontinuationReason[])];
  return classes.flatMap((of) =>
    reasons.flatMap((reason) => {
      const count = rows.filter((row) => row.class === of && row.reason === reason).length;
      const total = { class: of, ...(reason && { reason }), label: classInWords(of, reason), count };
      return count === 0 ? [] : [total];
    }),
  );
}
