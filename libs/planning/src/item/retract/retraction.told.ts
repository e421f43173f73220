import { comesAfter, copied, placeOf, stepOn, withStep } from '#kernel';
import type { Dated, DatedSeries, Place } from '#kernel';
import type { StateLookup } from '#deciding';
import type { ItemEvent, ItemRevisionRetracted } from '../item.events.js';
import { datedProperties, isJudgement, saidOfDays } from '../item.properties.js';
import type { DatedProperty } from '../item.properties.js';
import { revisionAfter } from '../revision.told.js';
import type { RevisionFact, ToldRevision } from '../revision.told.js';

type Content = ItemRevisionRetracted['data'];

/** A revision, and what taking it back leads to, as the item's story tells it. */
export interface ToldRetraction extends ToldRevision, Pick<Content, 'revisions' | 'restores' | 'successor'> {
  /** The ids of the events that make no sense without it. */
  readonly resting: readonly string[];
}

/** What to take back of the item that decides; undefined where it has no revision of that id. */
export async function toldRetraction(id: string, lookup: StateLookup): Promise<ToldRetraction | undefined> {
  const story: RevisionFact[] = [];
  await lookup.readStory<ItemEvent>((event) => {
    if (!isJudgement(event)) story.push(event);
  });
  return retractionIn(story, id);
}

/** @param told the revisions of an item, in the order of the record */
export function retractionIn(told: readonly RevisionFact[], id: string): ToldRetraction | undefined {
  const story = told.slice(told.findLastIndex(({ type }) => type === 'ItemCancelled') + 1);
  return retractionOf(story, id);
}

function retractionOf(story: readonly RevisionFact[], id: string): ToldRetraction | undefined {
  const told = story.reduce((known: ToldRevision | undefined, event) => revisionAfter(known, event, id), undefined);
  if (!told) return undefined;
  const chain = correctedBy(story, id);
  const gone = new Set(story.flatMap((event) => (event.type === 'ItemRevisionRetracted' ? event.data.revisions : [])));
  const standing = story.filter(({ revision }) => !gone.has(revision));
  const revisions = chain.map(({ revision }) => revision);
  const successor = successorOf(chain.at(-1)!);
  return {
    ...told,
    revisions,
    restores: restoredBy(standing, { day: told.effectiveOn, revisions }),
    ...(successor && { successor }),
    resting: restingOn(standing, revisions),
  };
}

/** A revision and those that it corrects, oldest first. */
function correctedBy(story: readonly RevisionFact[], id: string): RevisionFact[] {
  const chain: RevisionFact[] = [];
  for (let wanted: string | undefined = id; wanted !== undefined;) {
    const event = story.find((one) => one.id === wanted);
    if (!event) break;
    chain.unshift(event);
    wanted = event.corrects;
  }
  return chain;
}

/** @param standing what was not taken back */
function restoredBy(
  standing: readonly RevisionFact[],
  { day, revisions }: { readonly day: string; readonly revisions: readonly number[] },
): Content['restores'] {
  const restores: Partial<Record<DatedProperty, Dated<unknown>>> = {};
  for (const name of datedProperties) {
    const series = standing.reduce((known: DatedSeries<unknown>, event) => {
      const value = saidOfDays(event)[name];
      const { revision } = event;
      return value === undefined ? known : withStep(known, { ...placeOf(event), revision, value }, copied);
    }, []);
    const counting = stepOn(series, day);
    // Where something else that is said of that day counts, that stands.
    if (counting?.since !== day || !revisions.includes(counting.revision)) continue;
    const others = series.filter(({ revision }) => !revisions.includes(revision));
    const restored = stepOn(others, day);
    if (restored) restores[name] = { value: restored.value, since: restored.since, said: restored.said ?? 0 };
  }
  return restores as Content['restores'];
}

function successorOf({ data, type }: RevisionFact): Content['successor'] {
  return type === 'ItemSucceeded' ? { itemId: data.successorId, kind: data.kind } : undefined;
}

const inOrder = (one: Place, other: Place): number => Number(comesAfter(one, other)) - Number(comesAfter(other, one));

/** An item that was taken up again before the day that was set had been put on hold. */
function restingOn(standing: readonly RevisionFact[], revisions: readonly number[]): string[] {
  const steps = standing
    .filter(({ type }) => type === 'ItemHeld' || type === 'ItemResumed')
    .sort((one, other) => inOrder(placeOf(one), placeOf(other)));
  const place = steps.findLastIndex(({ revision }) => revisions.includes(revision));
  const [held, next] = [steps[place], steps[place + 1]];
  const isResumed = held?.type === 'ItemHeld' && next?.type === 'ItemResumed' && next.effectiveOn < held.data.until;
  return isResumed ? [next.id] : [];
}
