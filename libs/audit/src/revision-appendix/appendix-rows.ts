import { factOf } from '#kernel';
import type { RecordedEvent, RecordedFact } from '#kernel';
import { items, saysOtherwise, saysUnchanged } from '#planning';
import type { DiscontinuationReason, ItemEvent, ItemProperties, RevisionClass } from '#planning';
import { classInWords } from './appendix.js';
import type { AppendixClass, AppendixItem, AppendixRow, AppendixSuccessor, AppendixWarning } from './appendix.js';
import { comparedWords, differ } from './compared-words.js';

type Event = RecordedEvent<ItemEvent>;
type Link = ItemProperties['successors'][number];

/** An item with all that is known of it at a moment. */
export interface ToldItem {
  readonly called: AppendixItem;
  /** What its stream tells of itself, in the order of the record: how it was judged is left out. */
  readonly events: readonly Event[];
}

/** What became of an item: its links to the newer plan, and how it stands. */
export interface Outcome {
  readonly item: ToldItem;
  readonly state: ItemProperties;
  /** To items of the newer plan. */
  readonly links: readonly Link[];
}

/** @returns undefined where the item was not adopted by the day */
export function outcomeOf(item: ToldItem, newerPlanId: string, day: string): Outcome | undefined {
  const state = stateOn(item.events, day);
  if (state.status === 'unadopted' || state.cancelled) return undefined;
  return { item, state, links: state.successors.filter(({ planId }) => planId === newerPlanId) };
}

function stateOn(events: readonly Event[], day: string) {
  const folding = items.decider.folding!(items.decider.initialState);
  for (const event of events) {
    const fact = factOf<ItemEvent>(event);
    if (fact.effectiveOn <= day) folding.take(fact);
  }
  return folding.done();
}

/** The items that several of some others lead to. */
export function sharedIn(outcomes: readonly Outcome[]): ReadonlySet<string> {
  const [met, shared] = [new Set<string>(), new Set<string>()];
  for (const { links } of outcomes) {
    for (const itemId of new Set(links.map((link) => link.itemId))) (met.has(itemId) ? shared : met).add(itemId);
  }
  return shared;
}

/** What outweighs what, where several links lead from an item. */
const byWeight: readonly RevisionClass[] = [
  'split',
  'replaced',
  'reworded',
  'kept',
  'renumbered',
  'continues',
  'merged',
];
const reasonsThatEnd: readonly (DiscontinuationReason | undefined)[] = [
  'core-work',
  'outside-control',
  'became-activity',
];

/**
 * What happened to an item. Merged is what shares a successor with another item of its plan: one that is merged with what lies
 * outside of it counts as what it is beside that.
 */
export function classOf({ links, state }: Outcome, shared: ReadonlySet<string>): AppendixClass {
  const { reason, state: lifecycle } = state.lifecycle.value;
  if (lifecycle === 'completed') return 'completed';
  if (lifecycle === 'discontinued' && (links.length === 0 || reasonsThatEnd.includes(reason))) return 'discontinued';
  if (links.length === 0) return lifecycle === 'retained' ? 'kept' : 'untold';
  if (links.some(({ itemId, kind }) => kind === 'merged' && shared.has(itemId))) return 'merged';
  return byWeight.find((of) => links.some(({ kind }) => kind === of))!;
}

/**
 * @param shared the items that several of its plan lead to
 * @param told the successors, by their ids
 */
export function rowOf(
  outcome: Outcome,
  shared: ReadonlySet<string>,
  told: ReadonlyMap<string, ToldItem>,
  decision: string | undefined,
): AppendixRow {
  const { item, state } = outcome;
  const of = classOf(outcome, shared);
  const { comment, reason } = state.lifecycle.value;
  const why = of === 'discontinued' ? reason : undefined;
  const successors = successorsOf(outcome, told);
  const printedLabel = labelOf(outcome);
  return {
    item: item.called,
    ...(printedLabel !== undefined && { printedLabel }),
    class: of,
    classLabel: classInWords(of, why),
    ...(why && { reason: why }),
    ...(comment !== undefined && { comment }),
    ...(decision !== undefined && { decision }),
    successors,
    warnings: warningsOf(printedLabel, of, successors),
  };
}

/** The events by which an item was revised, without what was taken back. */
function standing({ item: { events }, state }: Outcome): readonly RecordedFact<ItemEvent>[] {
  const facts = events.map((event) => factOf<ItemEvent>(event));
  const gone = new Set(facts.flatMap((fact) => (fact.type === 'ItemRevisionRetracted' ? fact.data.revisions : [])));
  return facts.filter(({ revision }) => !gone.has(revision) && state.status === 'adopted');
}

/** The one that was recorded last. */
function labelOf(outcome: Outcome): string | undefined {
  const labels = standing(outcome).flatMap(({ data }) => ('printedLabel' in data ? (data.printedLabel ?? []) : []));
  return labels.at(-1);
}

/** The event that a row rests on, by which its formal decision is found: the last by which the item was revised. */
export const decidingEvent = (outcome: Outcome): Event | undefined => {
  const revisions = new Set(
    standing(outcome)
      .filter(({ type }) => type !== 'ItemAdopted')
      .map(({ revision }) => revision),
  );
  return outcome.item.events.findLast(({ metadata, revision }) => revisions.has(revision) && metadata.decision);
};

function successorsOf({ item, links }: Outcome, told: ReadonlyMap<string, ToldItem>): AppendixSuccessor[] {
  return [...new Set(links.map(({ itemId }) => itemId))].map((itemId) => {
    const ofItem = links.filter((link) => link.itemId === itemId);
    const day = ofItem.reduce((last, { on }) => (on > last ? on : last), '');
    const newer = told.get(itemId);
    const [before, after] = [wordingOn(item.events, day), wordingOn(newer?.events ?? [], day)];
    return {
      item: newer?.called ?? { id: itemId, label: itemId, title: itemId },
      links: ofItem.map(({ comment, inferred, kind, on, printedLabel }) => ({
        ...{ kind, inferred, on },
        ...(comment !== undefined && { comment }),
        ...(printedLabel !== undefined && { printedLabel }),
      })),
      title: comparedWords(before.title, after.title),
      text: comparedWords(before.text, after.text),
    };
  });
}

/** How an item reads on a day; on the first of its own, where that comes later. */
function wordingOn(events: readonly Event[], day: string): { readonly title: string; readonly text: string } {
  const begins = events[0]?.metadata.effectiveOn ?? day;
  const state = stateOn(events, begins > day ? begins : day);
  if (state.status === 'unadopted') return { title: '', text: '' };
  return { title: state.title.value, text: state.text.value ?? '' };
}

function warningsOf(
  label: string | undefined,
  of: AppendixClass,
  successors: readonly AppendixSuccessor[],
): AppendixWarning[] {
  const says = label === undefined ? 'Den' : `Dokumentet säger ”${label}”, och den`;
  const isUnchanged = label === undefined ? of === 'kept' : saysUnchanged(label);
  const changed = successors.some(({ text, title }) => differ(title) || differ(text));
  return [
    ...(isUnchanged && changed
      ? [{ code: 'unchanged-text-differs' as const, words: `${says} är inte oförändrad: texten är en annan` }]
      : []),
    ...(label !== undefined && of !== 'untold' && saysOtherwise(label, of)
      ? [
          {
            code: 'label-says-otherwise' as const,
            words: `Dokumentet säger ”${label}”, vilket säger något annat än ”${classInWords(of)}”`,
          },
        ]
      : []),
  ];
}
