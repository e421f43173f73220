import { Inject, Injectable } from '@nestjs/common';
import { addTo, factOf, streamName } from '#kernel';
import type { KnownBy, RecordedEvent } from '#kernel';
import { foldedWhere, isUnlimited, ReadModels, Replay } from '#projecting';
import type { Moment } from '#projecting';
import type { PlanDocument } from '../../../plan/read-models/plan-directory/plan-directory.projection.js';
import type { ItemEvent } from '../../item.events.js';
import { assessed, corrected } from '../../item.js';
import type { Assessment } from '../../item.js';
import { byId } from '../../../names/names.js';
import { itemRecord } from '../item-record/item-record.js';
import { replayedItems } from '../item-record/replayed-items.js';
import { factAt } from '../item-status/facts.js';
import type { Fact } from '../item-status/facts.js';
import { foldedAt } from '../item-status/fold-facts.js';
import type { ScaledLevel } from '../item-status/owners-judgements.js';
import { idOfTimes, nthTimes } from '../item-status/item-documents.js';
import type { ItemDocument } from '../item-status/item-documents.js';
import { itemStatus, timesOfItems } from '../item-status/item-status.projection.js';
import { PastItems } from '../item-status/past-items.js';
import { newestGiven } from './given.js';
import type { GivenJudgement } from './given.js';
import { idOfJudgements, itemSheets, judgementsOfItems, planLines, roundSheets } from './item-sheets.projection.js';
import { itemIn, untilIn } from './plan-lines.js';
import { JudgementsInLine, judgementsInRound, WholeJudgements } from './round-judgements.js';
import type { RoundJudgements } from './round-judgements.js';
import { isSaidAfter, levelIn, nothing, untold } from './round-sheet.js';
import { itemOn } from './sheet-item.js';
import { longIds } from './short-id.js';
import type { SheetItem } from './sheet-item.js';

/** Which body's judgement of which item is asked for: the body by itself, and by its place in the sheet of the item. */
export interface JudgementOfItem {
  readonly itemId: string;
  readonly bodyId: string;
  readonly place: number;
}

/** What is asked of the log: which day the items are of, and what of a round is seen. */
export interface AskedOfLog {
  readonly day: string;
  readonly roundId: string;
  /** Whether what was said is seen, by the day that it speaks of and when it was recorded. */
  readonly isSeen: (said: { readonly effectiveOn: string; readonly recordedAt: string }) => boolean;
}

/** The level that a body gives an item in a round. */
export interface LevelOfBody extends ScaledLevel {
  readonly bodyId: string;
}

/** Which judgement of an item is asked for, by the events that tell it. */
type ToldJudgement = GivenJudgement & { readonly itemId: string };

/** What bodies owe judgements of and have given, told by sheets; how long the histories of items are does not matter. */
@Injectable()
export class SheetReader {
  readonly #past: PastItems;

  constructor(
    @Inject(ReadModels) private readonly readModels: ReadModels,
    @Inject(Replay) private readonly replay: Replay,
  ) {
    this.#past = new PastItems(readModels);
  }

  /** Every item of a plan as it was on a day, in no order. Those that were revised since cost two documents each. */
  async itemsOn(day: string, plan: PlanDocument): Promise<SheetItem[]> {
    if (!(await this.#areMade(plan))) return this.#itemsOfLog(plan, day);
    const items: SheetItem[] = [];
    const revised = new Map<string, SheetItem>();
    for (const { lines, named } of await this.readModels.find(planLines, { ofPlan: plan._id })) {
      for (const line of lines) {
        const item = itemIn(line, named, day);
        if (untilIn(line) <= day) items.push(item);
        else revised.set(item._id, item);
      }
    }
    const past = await this.#past.of(await this.readModels.getMany(itemStatus, [...revised.keys()]), { asOf: day });
    for (const item of past) items.push(itemOn(day, item, revised.get(item._id)!.sortKey));
    return items;
  }

  /**
   * What each body says of an item in a round, by item.
   * @param since items of which something was said in the round after this position are told whole
   */
  async judgementsIn(
    plan: PlanDocument,
    roundId: string,
    since?: string,
  ): Promise<ReadonlyMap<string, RoundJudgements>> {
    if (!(await this.#areMade(plan))) return this.#judgementsOfLog(plan, roundId);
    const judgements = new Map<string, RoundJudgements>();
    const apart = new Map<string, readonly string[]>();
    const idsOf = longIds();
    for (const { bodies: shorts, lines } of await this.readModels.find(roundSheets, { ofRound: roundId })) {
      const bodies = idsOf(shorts);
      for (const line of lines) {
        const [itemId, , days] = line;
        const isLate = since !== undefined && isSaidAfter(line, since);
        if (isLate || days.includes(untold)) apart.set(itemId, bodies);
        else judgements.set(itemId, new JudgementsInLine(bodies, days));
      }
    }
    const asked = [...apart].flatMap(([itemId, bodies]) =>
      bodies.map((bodyId, place): JudgementOfItem => ({ itemId, bodyId, place })),
    );
    const whole = new Map<string, Assessment[]>();
    for (const [index, assessment] of (await this.assessments(plan.tenant, roundId, asked)).entries())
      if (assessment) addTo(whole, asked[index]!.itemId, assessment);
    for (const [itemId, all] of whole) judgements.set(itemId, new WholeJudgements(all));
    return judgements;
  }

  /**
   * Every item of a plan as it was on a day, and what bodies say of each in a round, as far as both were known: told by the log,
   * item by item.
   */
  async ofLog(
    plan: PlanDocument,
    { day, isSeen, roundId }: AskedOfLog,
    known: KnownBy,
  ): Promise<{ readonly items: SheetItem[]; readonly judgements: ReadonlyMap<string, RoundJudgements> }> {
    const items: SheetItem[] = [];
    const judgements = new Map<string, RoundJudgements>();
    for (const { _id, sortKey, tenant } of await this.#itemsNow(plan)) {
      const events = await this.replay.events<ItemEvent>(streamName(tenant, 'item', _id), known);
      const then = foldedWhere(
        itemRecord,
        events,
        (event, record) => (itemRecord.seenOn!(record, event) ?? '~') <= day,
      );
      if (then && !then.cancelled) items.push(itemOn(day, then, sortKey));
      const told = foldedWhere(itemRecord, events, (event, record) => {
        const effectiveOn = itemRecord.seenOn!(record, event);
        return effectiveOn !== undefined && isSeen({ effectiveOn, recordedAt: recordedAtOf(event) });
      });
      if (told) judgements.set(_id, judgementsInRound(told.assessments, roundId));
    }
    return { items, judgements };
  }

  /**
   * Which level each body gives each item in a round: of each its newest judgement that stands.
   * @param moment told from the log, item by item, where it asks for another than now
   */
  async levelsIn(
    plan: PlanDocument,
    roundId: string,
    moment: Moment = {},
  ): Promise<ReadonlyMap<string, readonly LevelOfBody[]>> {
    if (!isUnlimited(moment) || !(await this.#areMade(plan))) {
      const told = [...(await this.#judgementsOfLog(plan, roundId, moment))];
      return new Map(told.map(([itemId, judgements]) => [itemId, levelsOf(judgements)]));
    }
    const levels = new Map<string, LevelOfBody[]>();
    const unclear: JudgementOfItem[] = [];
    const idsOf = longIds();
    for (const sheet of await this.readModels.find(roundSheets, { ofRound: roundId })) {
      const bodies = idsOf(sheet.bodies);
      for (const [itemId, , , signs] of sheet.lines) {
        for (const [place, bodyId] of bodies.entries()) {
          const given = levelIn(sheet, signs, place);
          if (given) addTo(levels, itemId, { bodyId, ...given });
          else if (given === null) unclear.push({ itemId, bodyId, place });
        }
      }
    }
    for (const [index, assessment] of (await this.assessments(plan.tenant, roundId, unclear)).entries())
      if (assessment) addTo(levels, unclear[index]!.itemId, levelOf(assessment));
    return levels;
  }

  /** Those of some rounds in which sheets tell that somebody may say something of an item. */
  async roundsJudged(roundIds: readonly string[]): Promise<ReadonlySet<string>> {
    const sheets = await this.readModels.find(roundSheets, { ofRound: { $in: [...roundIds] } });
    const judged = sheets.filter(({ lines }) => lines.some(([, , days]) => days.some((day) => day !== nothing)));
    return new Set(judged.map(({ ofRound }) => ofRound));
  }

  /**
   * The newest judgements of items in a round without their words, in the order in which they are asked for; undefined where
   * a body says nothing any more.
   */
  async assessments(
    tenant: string,
    roundId: string,
    asked: readonly JudgementOfItem[],
  ): Promise<(Assessment | undefined)[]> {
    const ids = [...new Set(asked.map(({ itemId }) => itemId))];
    const given = byId(
      await this.readModels.getMany(
        judgementsOfItems,
        ids.map((itemId) => idOfJudgements(roundId, itemId)),
      ),
    );
    const newest = asked.map(({ itemId, place }) =>
      newestGiven(given.get(idOfJudgements(roundId, itemId))?.given[place] ?? ''),
    );
    const unsettled = asked.filter((_, index) => newest[index] === undefined).map(({ itemId }) => itemId);
    const byAll = await this.#byAll([...new Set(unsettled)], roundId);
    const settled = asked.flatMap(({ itemId }, index) => (newest[index] ? [{ itemId, ...newest[index] }] : []));
    const told = (await this.#told(tenant, settled)).values();
    return asked.map(({ bodyId, itemId }, index) => {
      if (newest[index]) return told.next().value;
      return newest[index] === null ? undefined : byAll.get(itemId)?.of(bodyId)?.assessment;
    });
  }

  async #told(tenant: string, asked: readonly ToldJudgement[]): Promise<Assessment[]> {
    const ids = asked.flatMap(({ itemId, made, said }) => [made, said].map((one) => idOfTimes(itemId, nthTimes(one))));
    const times = byId(await this.readModels.getMany(timesOfItems, [...new Set(ids)]));
    const logged = new Map<string, readonly Fact[]>();
    const factOf = (itemId: string, revision: number): Fact | undefined => {
      const found = times.get(idOfTimes(itemId, nthTimes(revision)));
      return (
        (found && factAt(found, itemId, revision)) ?? logged.get(itemId)?.find((fact) => fact.revision === revision)
      );
    };
    // The documents of items have not come as far as sheets have: the log tells.
    for (const { itemId, made, said } of asked) {
      const isTold = factOf(itemId, made) !== undefined && factOf(itemId, said) !== undefined;
      if (!isTold && !logged.has(itemId)) logged.set(itemId, await this.#logged(itemId, tenant));
    }
    return asked.map(({ itemId, made, said }) => {
      const first = assessed(factOf(itemId, made) as never);
      return made === said ? first : corrected(first, factOf(itemId, said) as never);
    });
  }

  /** What bodies said last of items in a round, by all that was ever said of them. */
  async #byAll(itemIds: readonly string[], roundId: string): Promise<ReadonlyMap<string, RoundJudgements>> {
    const facts = await this.#past.factsOf(await this.readModels.getMany(itemStatus, itemIds));
    const inRound = (told: readonly Fact[]) => judgementsInRound(foldedAt(told, {})?.item.assessments ?? [], roundId);
    return new Map([...facts].map(([itemId, told]) => [itemId, inRound(told)]));
  }

  /** Whether documents tell; the log does until they are made. */
  #areMade({ tenant }: PlanDocument): Promise<boolean> {
    return this.readModels.areMade([itemStatus, itemSheets], tenant);
  }

  async #itemsOfLog(plan: PlanDocument, day: string): Promise<SheetItem[]> {
    const items = await this.#itemsNow(plan);
    const then = byId(await replayedItems(this.replay, items, { asOf: day }));
    return items.flatMap(({ _id, sortKey }) => {
      const item = then.get(_id);
      return item ? [itemOn(day, item, sortKey)] : [];
    });
  }

  async #judgementsOfLog(
    plan: PlanDocument,
    roundId: string,
    moment: Moment = {},
  ): Promise<ReadonlyMap<string, RoundJudgements>> {
    const records = await replayedItems(this.replay, await this.#itemsNow(plan), moment);
    return new Map(records.map(({ _id, assessments }) => [_id, judgementsInRound(assessments, roundId)]));
  }

  #itemsNow({ _id: planId, tenant }: PlanDocument): Promise<ItemDocument[]> {
    return this.readModels.find(itemStatus, { tenant, planId }, { sort: { sortKey: 1 } });
  }

  async #logged(itemId: string, tenant: string): Promise<Fact[]> {
    const events = await this.replay.events<ItemEvent>(streamName(tenant, 'item', itemId), {});
    return events.map((event) => ({ ...factOf<ItemEvent>(event), revision: event.revision }));
  }
}

const recordedAtOf = ({ metadata }: Pick<RecordedEvent, 'metadata'>): string => metadata.recordedAt;

const levelOf = ({ bodyId, level, scale }: Assessment): LevelOfBody => ({ bodyId, level, scale });

/** The levels of judgements that are told whole. */
const levelsOf = (judgements: RoundJudgements): LevelOfBody[] =>
  [...judgements].flatMap(({ assessment }) => (assessment ? [levelOf(assessment)] : []));
