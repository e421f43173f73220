/** What an item is called where another one names it. */
export interface CalledItem {
  readonly id: string;
  readonly planId: string;
  /** The title of its plan. */
  readonly plan: string;
  /** Its kind and number. */
  readonly label: string;
  readonly number: string | null;
  readonly title: string;
}

/** `Åtgärd 20 ”Fler i arbete” i Verksamhetsplan 2025`. */
export const calledInWords = ({ label, plan, title }: Pick<CalledItem, 'label' | 'plan' | 'title'>): string =>
  `${label} ”${title}” i ${plan}`;
