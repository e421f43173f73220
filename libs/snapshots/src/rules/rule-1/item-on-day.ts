import type { Concerned } from '#planning';
import type { LifecycleContent } from '../../format/snapshot.js';
import { byDay } from './fact.js';
import type { Fact } from './fact.js';
import type { ItemStory, Revision } from './log.js';

/** An item's properties as its adoption and revisions leave them on a day. */
export interface ItemOnDay {
  readonly title: string;
  readonly number: string | undefined;
  readonly text: string | undefined;
  readonly parents: readonly string[];
  readonly concerned: Concerned | undefined;
  readonly responsible: readonly string[];
  readonly documents: readonly string[];
  readonly expectedEffects: readonly string[];
  readonly lifecycle: Lifecycle;
}

export interface Lifecycle extends Pick<LifecycleContent, 'state' | 'reason' | 'comment' | 'printedLabel'> {
  readonly fact: Fact;
}

/** One revision, and the item before and after it. */
export interface Step {
  readonly revision: Revision;
  readonly before: ItemOnDay;
  readonly after: ItemOnDay;
}

/**
 * The revisions that speak of a day or of earlier ones, in the order of their days and within a day as recorded: a
 * revision that is recorded late takes the place of its day.
 */
export function stepsUpTo({ adopted, revisions }: ItemStory, day: string): { steps: Step[]; last: ItemOnDay } {
  const { concerned, documents, expectedEffects, number, parents, responsible, text, title } = adopted.data;
  const lifecycle: Lifecycle = { state: 'active', fact: adopted };
  let last: ItemOnDay = {
    ...{ title, number, text, parents, concerned, responsible, documents, expectedEffects, lifecycle },
  };
  const byFact = new Map<Fact, Revision>(revisions.map((revision) => [revision.fact, revision]));
  const steps = byDay([...byFact.keys()])
    .filter(({ effectiveOn }) => effectiveOn <= day)
    .map((fact) => {
      const revision = byFact.get(fact)!;
      const before = last;
      last = after(before, revision);
      return { revision, before, after: last };
    });
  return { steps, last };
}

function after(item: ItemOnDay, { fact, type }: Revision): ItemOnDay {
  switch (type) {
    case 'ItemReworded': {
      const { documents, expectedEffects, text, title } = fact.data;
      return {
        ...item,
        ...(title !== undefined && { title }),
        ...(text !== undefined && { text }),
        ...(expectedEffects && { expectedEffects }),
        ...(documents && { documents }),
      };
    }
    case 'ItemRenumbered':
      return { ...item, number: fact.data.number };
    case 'ItemMoved':
      return { ...item, parents: fact.data.parents };
    case 'ItemConcernedChanged':
      return { ...item, concerned: fact.data.concerned };
    case 'ItemResponsibleChanged':
      return { ...item, responsible: fact.data.responsible };
    case 'ItemRetained':
      return { ...item, lifecycle: { state: 'retained', fact, ...remarks(fact.data) } };
    case 'ItemCompleted':
      return { ...item, lifecycle: { state: 'completed', fact, ...remarks(fact.data) } };
    case 'ItemDiscontinued':
      return { ...item, lifecycle: { state: 'discontinued', fact, reason: fact.data.reason, ...remarks(fact.data) } };
  }
}

const remarks = ({ comment, printedLabel }: { comment?: string; printedLabel?: string }) => ({ comment, printedLabel });
