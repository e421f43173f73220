import { addTo, swedishSortKey } from '#kernel';
import type { TimeSlices } from '#kernel';
import type { Concerned } from '#planning';
import type { ConcernedContent, ItemContent, LifecycleContent, Succession } from '../../format/snapshot.js';
import { inRound } from './assessments.content.js';
import { byText } from './fact.js';
import type { FactOf } from './fact.js';
import type { Frame } from './frame.js';
import type { ItemOnDay, Lifecycle } from './item-on-day.js';

/** The plan's items that were adopted by the reference date, and where each lies. */
export class PlanItems {
  readonly #tops = new Map<string, readonly string[]>();

  private constructor(
    private readonly frame: Frame,
    /** Every item of the plan, by kind, number and title. */
    readonly ids: readonly string[],
  ) {}

  static async of(frame: Frame, slices: TimeSlices): Promise<PlanItems> {
    const { log, names, planId, round } = frame;
    const kinds = new Map(names.plan(planId)!.kinds.map(({ code, order }) => [code, order]));
    const keyOf = (itemId: string, kind: string): string => {
      const { number, title } = names.item(itemId)!;
      const order = kinds.get(kind) ?? kinds.size + 1;
      return (
        swedishSortKey(`${order} `) +
        (number === undefined ? '~' : swedishSortKey(number)) +
        ` ${swedishSortKey(title)}`
      );
    };
    const keyed: { readonly itemId: string; readonly key: string }[] = [];
    for (const [itemId, { adopted }] of log.items) {
      await slices.next();
      const { data, effectiveOn } = adopted;
      if (data.planId !== planId || effectiveOn > round.referenceDate) continue;
      keyed.push({ itemId, key: keyOf(itemId, data.kind) });
    }
    const sorted = keyed.sort(
      byText(
        ({ key }) => key,
        ({ itemId }) => itemId,
      ),
    );
    return new PlanItems(
      frame,
      sorted.map(({ itemId }) => itemId),
    );
  }

  kind(itemId: string): string {
    return this.frame.log.items.get(itemId)!.adopted.data.kind;
  }

  /** The items that the round follows up: what was discontinued by the previous round is no longer told of. */
  inScope(): readonly string[] {
    const { names, previousRound, round } = this.frame;
    return this.ids.filter((itemId) => {
      const { fact, state } = names.item(itemId)!.lifecycle;
      const gone = state === 'discontinued' && previousRound && fact.effectiveOn <= previousRound.referenceDate;
      return round.scope.includes(this.kind(itemId)) && !gone;
    });
  }

  /** The topmost items over an item; itself where it lies under nothing. */
  topsOf(itemId: string, path: readonly string[] = []): readonly string[] {
    const known = this.#tops.get(itemId);
    if (known) return known;
    if (path.includes(itemId)) return [];
    const parents = this.frame.names.item(itemId)?.parents.filter((parent) => this.frame.log.items.has(parent)) ?? [];
    const tops =
      parents.length === 0
        ? [itemId]
        : [...new Set(parents.flatMap((parent) => this.topsOf(parent, [...path, itemId])))];
    this.#tops.set(itemId, tops);
    return tops;
  }

  /** The topmost items over some items, in the order of the plan. */
  topItems(itemIds: readonly string[]): readonly { readonly topId: string; readonly itemIds: readonly string[] }[] {
    const under = new Map<string, string[]>();
    for (const itemId of itemIds) for (const top of this.topsOf(itemId)) addTo(under, top, itemId);
    const places = new Map(this.ids.map((itemId, place) => [itemId, place]));
    return [...under]
      .map(([topId, ids]) => ({ topId, itemIds: ids }))
      .sort((left, right) => (places.get(left.topId) ?? Infinity) - (places.get(right.topId) ?? Infinity));
  }
}

/**
 * Succession both ways, in the order in which the links were recorded. Those of one instant lie in streams of their own,
 * so that their order in the log means nothing.
 */
export class Successions {
  readonly facts: readonly FactOf<'ItemSucceeded'>[];
  readonly #from = new Map<string, FactOf<'ItemSucceeded'>[]>();
  readonly #to = new Map<string, FactOf<'ItemSucceeded'>[]>();

  constructor(private readonly frame: Frame) {
    this.facts = frame.log.successions
      .filter(({ effectiveOn }) => effectiveOn <= frame.round.referenceDate)
      .sort(
        byText(
          ({ recordedAt }) => recordedAt,
          ({ data }) => `${data.itemId} ${data.successorId}`,
        ),
      );
    for (const fact of this.facts) {
      addTo(this.#from, fact.data.itemId, fact);
      addTo(this.#to, fact.data.successorId, fact);
    }
  }

  after(itemId: string): Succession[] {
    return (this.#from.get(itemId) ?? []).map((fact) =>
      this.told(fact, fact.data.successorId, fact.data.successorPlanId),
    );
  }

  before(itemId: string): Succession[] {
    return (this.#to.get(itemId) ?? []).map((fact) => this.told(fact, fact.data.itemId, fact.data.planId));
  }

  told({ data, effectiveOn }: FactOf<'ItemSucceeded'>, otherId: string, planId: string): Succession {
    const { comment, inferred, kind } = data;
    return { item: this.frame.names.itemRef(otherId), planId, kind, inferred, comment, on: effectiveOn };
  }
}

export function itemContent(
  itemId: string,
  frame: Frame,
  {
    indicatorsOf,
    items,
    successions,
  }: { items: PlanItems; successions: Successions; indicatorsOf: ReadonlyMap<string, readonly string[]> },
): ItemContent {
  const { log, names } = frame;
  const story = log.items.get(itemId)!;
  const { key, kind } = story.adopted.data;
  const item = names.item(itemId)!;
  return {
    ...names.itemRef(itemId),
    key,
    kind,
    number: item.number,
    text: item.text,
    parents: item.parents.map((parent) => names.itemRef(parent)),
    topItemIds: items.topsOf(itemId),
    concerned: concernedContent(item.concerned, frame),
    responsible: names.bodies(item.responsible),
    documents: documentsOf(item, frame),
    expectedEffects: item.expectedEffects,
    lifecycle: lifecycleContent(item.lifecycle, frame),
    ...inRound(story, frame),
    successors: successions.after(itemId),
    predecessors: successions.before(itemId),
    indicatorIds: indicatorsOf.get(itemId) ?? [],
  };
}

export function concernedContent(concerned: Concerned | undefined, { names }: Frame): ConcernedContent | undefined {
  if (!concerned) return undefined;
  const { asPrinted } = concerned;
  if ('bodies' in concerned) return { asPrinted, bodies: names.bodies(concerned.bodies) };
  const { groupId } = concerned;
  return { group: names.group(groupId), asPrinted, bodies: names.bodies(names.members(groupId)) };
}

function documentsOf({ documents }: ItemOnDay, { names, planId }: Frame): ItemContent['documents'] {
  const titles = new Map(names.plan(planId)!.documents.map(({ code, title }) => [code, title]));
  return documents.map((code) => ({ code, title: titles.get(code) ?? code }));
}

function lifecycleContent({ fact, ...lifecycle }: Lifecycle, { names }: Frame): LifecycleContent {
  return { ...lifecycle, since: fact.effectiveOn, decision: names.decision(fact.decision) };
}
