import type { ItemState, JudgedItem } from '../item/item.state.js';
import { digestOfNumber, numbersOf } from '../item/item.series.js';
import type { Span } from '../item/item.series.js';
import type { ItemEvent } from '../item/item.events.js';

/** A number that an item is to have on days on which it has not had it. */
export interface TakenNumber {
  readonly itemId: string;
  readonly planId: string;
  readonly kind: string;
  readonly digest: string;
  /** As it is written, where that is known. */
  readonly number: string | undefined;
  readonly spans: readonly Span[];
}

/** Gives the state of an item; undefined where there is none. */
export type StateOfItem = (itemId: string) => Promise<ItemState | undefined>;

/** The numbers that an item takes by becoming another. @param events what makes it so */
export function takenNumbers(
  itemId: string,
  before: ItemState,
  after: ItemState,
  events: readonly Pick<ItemEvent, 'data'>[],
): TakenNumber[] {
  if (after.status === 'unadopted') return [];
  const had = before.status === 'unadopted' ? new Map<string, readonly Span[]>() : numbersOf(before);
  const { kind, planId } = after;
  const texts = new Map(writtenIn(after, before, events).map((number) => [digestOfNumber(number), number]));
  return [...numbersOf(after)].flatMap(([digest, spans]) => {
    const isNew = spans.some((span) => !(had.get(digest) ?? []).some((known) => holds(known, span)));
    return isNew ? [{ itemId, planId, kind, digest, number: texts.get(digest), spans }] : [];
  });
}

function writtenIn(after: JudgedItem, before: ItemState, events: readonly Pick<ItemEvent, 'data'>[]): string[] {
  const known = [after.number.value, before.status === 'unadopted' ? null : before.number.value];
  const said = events.map(({ data }) => {
    if ('restores' in data) return data.restores.number?.value;
    return 'number' in data ? data.number : undefined;
  });
  return [...known, ...said].flatMap((number) => number ?? []);
}

/** The days on which another item has the same number; undefined where it has it on none of those. */
export function sharedSpan({ digest, kind, planId, spans }: TakenNumber, other: ItemState): Span | undefined {
  if (other.status === 'unadopted' || other.kind !== kind || other.planId !== planId) return undefined;
  return numbersOf(other)
    .get(digest)
    ?.find((theirs) => spans.some((ours) => meets(ours, theirs)));
}

const endOf = ({ to }: Span): string => to ?? '9999-12-32';

const holds = (outer: Span, inner: Span): boolean => outer.from <= inner.from && endOf(inner) <= endOf(outer);

const meets = (one: Span, other: Span): boolean => one.from < endOf(other) && other.from < endOf(one);
