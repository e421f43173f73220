import { copied, factOf, placeOf, stepsAfter, streamName, withStep } from '#kernel';
import type { DatedSeries, RecordedFact } from '#kernel';
import { isWithin, withoutDay } from '#projecting';
import type { MomentOfDay, ReadModels, Replay } from '#projecting';
import { byId } from '../../../names/names.js';
import type { ItemEvent } from '../../item.events.js';
import { datedProperties, isJudgement, saidOfDays } from '../../item.properties.js';
import type { DatedProperty } from '../../item.properties.js';
import { idOfSaid } from './item-documents.js';
import type { ItemDocument } from './item-documents.js';
import { itemStatus, saidOfItems } from './item-status.projection.js';
import type { PastItems } from './past-items.js';
import { hasWords } from './slim-events.js';

/** What may be to come of an item. */
export const comingProperties = [...datedProperties, 'successors', 'assessment'] as const;

/** What is to hold of an item from a day on, as far as is known. */
export interface Coming {
  /** ISO day. */
  readonly on: string;
  readonly property: (typeof comingProperties)[number];
  readonly value: unknown;
}

/** What is said of items of days after the one that is asked for: told as to come, and in force on its day by itself. */
export class ComingItems {
  constructor(
    private readonly readModels: ReadModels,
    private readonly replay: Replay,
    private readonly past: PastItems,
  ) {}

  /** By item, in the order of the days. @param items as their documents are */
  async of(items: readonly ItemDocument[], moment: MomentOfDay): Promise<ReadonlyMap<string, readonly Coming[]>> {
    const ahead = items.filter(({ until }) => until > moment.asOf);
    if (ahead.length === 0) return new Map();
    const facts = await this.#factsOf(ahead, moment);
    return new Map([...facts].map(([itemId, told]) => [itemId, comingBy(aheadIn(told, moment), moment.asOf)]));
  }

  async #factsOf(
    items: readonly ItemDocument[],
    moment: MomentOfDay,
  ): Promise<ReadonlyMap<string, readonly RecordedFact<ItemEvent>[]>> {
    const isToldByDocuments = moment.saidBy === undefined;
    if (!isToldByDocuments || !(await this.readModels.areMade([itemStatus], items[0]!.tenant))) {
      return this.#logged(items);
    }
    const facts = await this.past.aheadOf(items, moment);
    const worded = [...facts].flatMap(([itemId, told]) =>
      aheadIn(told, moment)
        .filter(hasWords)
        .map(({ revision }) => idOfSaid(itemId, revision)),
    );
    const said = byId(await this.readModels.getMany(saidOfItems, worded));
    return new Map(
      [...facts].map(([itemId, told]) => [
        itemId,
        told.map((fact) => {
          const words = said.get(idOfSaid(itemId, fact.revision))?.data;
          return words ? ({ ...fact, data: { ...fact.data, ...words } } as unknown as RecordedFact<ItemEvent>) : fact;
        }),
      ]),
    );
  }

  async #logged(items: readonly ItemDocument[]): Promise<ReadonlyMap<string, readonly RecordedFact<ItemEvent>[]>> {
    const told = items.map(async ({ _id, tenant }) => {
      const events = await this.replay.events<ItemEvent>(streamName(tenant, 'item', _id), {});
      return [_id, events.map((event) => factOf<ItemEvent>(event))] as const;
    });
    return new Map(await Promise.all(told));
  }
}

/** What is known of later days: not what was said of an item before that was cancelled. */
function aheadIn<Told extends RecordedFact<ItemEvent>>(facts: readonly Told[], moment: MomentOfDay): Told[] {
  const known = facts.filter((fact) => isWithin(fact, withoutDay(moment)));
  const since = known.findLastIndex(({ type }) => type === 'ItemCancelled') + 1;
  return known.slice(since).filter(({ effectiveOn }) => effectiveOn > moment.asOf);
}

/** @param facts of later days than `asOf`, in the order of the record */
function comingBy(facts: readonly RecordedFact<ItemEvent>[], asOf: string): readonly Coming[] {
  const series = new Map<DatedProperty, DatedSeries<unknown>>();
  const others = new Map<string, Coming>();
  const takenBack = new Set(facts.flatMap(({ data }) => ('revisions' in data ? data.revisions : [])));
  for (const fact of facts) {
    const { effectiveOn: on, revision } = fact;
    if (takenBack.has(revision)) continue;
    if (isJudgement(fact)) {
      const { assessmentId, bodyId } = fact.data;
      if (fact.type === 'AssessmentWithdrawn') others.delete(assessmentId);
      else
        others.set(assessmentId, {
          on,
          property: 'assessment',
          value: { assessmentId, bodyId, level: fact.data.level },
        });
    } else if (fact.type === 'ItemSucceeded') {
      const { kind, successorId: itemId, successorPlanId: planId } = fact.data;
      others.set(String(revision), { on, property: 'successors', value: { itemId, planId, kind } });
    } else {
      for (const [name, value] of Object.entries(saidOfDays(fact)) as [DatedProperty, unknown][])
        series.set(name, withStep(series.get(name) ?? [], { ...placeOf(fact), revision, value }, copied));
    }
  }
  const steps = [...series].flatMap(([property, told]) =>
    stepsAfter(told, asOf).map(({ since: on, value }): Coming => ({ on, property, value })),
  );
  return [...steps, ...others.values()].sort((one, other) => (one.on < other.on ? -1 : Number(one.on > other.on)));
}
