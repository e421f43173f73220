import type { ApiClient } from './api-client.js';
import { table } from './print.js';
import { bodyId, roundId } from './references.js';

interface Counts {
  readonly same: number;
  readonly differing: number;
  readonly notComparable: number;
}

export interface DifferingItem {
  readonly itemId: string;
  readonly label: string;
  readonly title: string;
  readonly levels: readonly {
    readonly body: { readonly name: string };
    readonly capacity: 'owner' | 'contribution';
    readonly level: { readonly label: string };
    readonly withOwner?: keyof typeof agreements;
    readonly withOthers?: keyof typeof agreements;
  }[];
}

interface Page {
  readonly label: string;
  readonly counts: Counts;
  readonly items: readonly DifferingItem[];
  readonly total: number;
}

const agreements = { same: 'samma', differs: 'skiljer sig', 'not-comparable': 'annan skala' } as const;

/** Where bodies judge the items of a round differently, whichever pages that takes. */
export async function differences(
  client: ApiClient,
  reference: string,
  { body }: { readonly body?: string },
): Promise<{ result: Page; text: string }> {
  const result = await differencesIn(client, await roundId(client, reference), body && (await bodyId(client, body)));
  const { counts, items, label } = result;
  const compared = counts.same + counts.differing + counts.notComparable;
  const heading =
    `${label}: av ${compared} som flera har bedömt bedöms ${counts.differing} olika` +
    (counts.notComparable === 0
      ? '.'
      : `, och ${counts.notComparable} är bedömda på olika skalor och kan inte jämföras.`);
  if (items.length === 0) return { result, text: heading };
  const rows = items.flatMap(({ label: called, levels, title }) =>
    levels.map(({ body: { name }, capacity, level, withOthers, withOwner }, place) => [
      place === 0 ? called : '',
      capacity === 'owner' ? `${name} (ägare)` : name,
      level.label,
      withOwner ? agreements[withOwner] : '',
      withOthers ? agreements[withOthers] : '',
      place === 0 ? title : '',
    ]),
  );
  const head = ['', 'Bedömt av', 'Bedömning', 'Mot ägaren', 'Mot övriga', ''];
  return { result, text: `${heading}\n\n${table([head, ...rows])}` };
}

/** All of them. @param round its id */
export const differencesIn = (client: ApiClient, round: string, body?: string): Promise<Page> =>
  client.wholeList<Page>(`/v1/rounds/${round}/differences${body ? `?bodyId=${body}` : ''}`);

/** Who says what of an item, in a line. */
export const levelsText = ({ levels }: DifferingItem): string =>
  levels.map(({ body: { name }, level }) => `${name}: ${level.label}`).join(', ');
