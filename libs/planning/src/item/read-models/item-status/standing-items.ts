import type { Document } from '#document-store';
import { addTo, provenanceOf, streamName } from '#kernel';
import { seesAll } from '#projecting';
import type { Moment, ReadModels, Replay } from '#projecting';
import { byId } from '../../../names/names.js';
import { isOwners } from '../../item.js';
import type { Capacity } from '../../item.events.js';
import type { Assessment } from '../../item.js';
import { isMaking } from '../../item.properties.js';
import { contributing, withContribution } from '../item-contributions/contributions.js';
import type { Contribution, Contributions } from '../item-contributions/contributions.js';
import {
  contributionsThen,
  idsOfContributions,
  itemContributions,
} from '../item-contributions/item-contributions.projection.js';
import type {
  ContributionsDocument,
  ContributionsThenDocument,
} from '../item-contributions/item-contributions.projection.js';
import type { ItemRecord } from '../item-record/item-record.js';
import { replayedItem, replayedItems } from '../item-record/replayed-items.js';
import { foldedAt, levelOf, seenAt } from './fold-facts.js';
import { idOfSaid, nthTimes } from './item-documents.js';
import type { CountedItem, ItemDocument, ListedItem, SaidDocument, StoodItem } from './item-documents.js';
import { itemStatus, saidOfItems } from './item-status.projection.js';
import { listed } from './listed-item.js';
import { levelSince, newestLevel } from './owners-judgements.js';
import type { OwnersJudgement } from './owners-judgements.js';
import type { Fact } from './facts.js';
import type { PastItem, PastItems } from './past-items.js';
import { referredTo } from './slim-events.js';
import { standingBy } from './standing-item.js';
import type { OwnersStatus, StandingItem } from './standing-item.js';

type Said = ReadonlyMap<string, SaidDocument>;

/** So many are read at a time of what was contributed before. */
const thenAtOnce = 16;

/** What is contributed by some documents together. */
const bodiesIn = (documents: readonly { readonly bodies: Contributions }[] = []): Contributions =>
  Object.assign({}, ...documents.map(({ bodies }) => bodies)) as Contributions;

/** The same, where a moment sees all of it: they may have come further than the item has. */
const seenWholeIn = (documents: readonly ContributionsDocument[] = [], moment: Moment): Contributions | undefined =>
  documents.every((one) => seesAll(moment, one)) ? bodiesIn(documents) : undefined;

/** What an event says at length is not there: it is caught, and the item is replayed from the log. */
class WordsMissing extends Error {}

/** Puts together what is shown of items: each from a few documents, however long its history is. */
export class StandingItems {
  constructor(
    private readonly readModels: ReadModels,
    private readonly replay: Replay,
    private readonly past: PastItems,
  ) {}

  /** Items that stand at a moment as their documents say. */
  async whole(items: readonly ItemDocument[], moment: Moment): Promise<StandingItem[]> {
    if (!(await this.#areTold(items))) return this.#replayed(items, moment);
    const contributions = await this.#contributions(items);
    return this.#told(
      items.map((item) => ({ item, bodies: seenWholeIn(contributions.get(item._id), moment) })),
      moment,
    );
  }

  /** Items as they stood at a moment. Leaves out those that were not there then. */
  async at(items: readonly CountedItem[], moment: Moment): Promise<StandingItem[]> {
    if (moment.saidBy !== undefined || !(await this.#areTold(items))) return this.#replayed(items, moment);
    const past = await this.past.shown(await this.#documentsOf(items), moment);
    const order = new Map(items.map(({ _id }, index) => [_id, index]));
    past.sort((one, other) => order.get(one.item._id)! - order.get(other.item._id)!);
    const now = await this.#contributions(past.map(({ item }) => item));
    const shown: Shown[] = [];
    for (const some of inPortions(past))
      shown.push(...(await Promise.all(some.map((one) => this.#shown(one, now, moment)))));
    return this.#told(shown, moment);
  }

  /** The same by all that was ever said of them: it costs what their histories are long. */
  async byAll(items: readonly CountedItem[], moment: Moment): Promise<StandingItem[]> {
    if (items.length === 0) return [];
    if (moment.saidBy !== undefined || !(await this.#areTold(items))) return this.#replayed(items, moment);
    const facts = await this.past.factsOf(await this.#documentsOf(items));
    const then = items.flatMap(({ _id, tenant }): StandingItem[] => {
      const folded = foldedAt(facts.get(_id) ?? [], moment);
      if (!folded) return [];
      const { item, revision } = folded;
      return [{ ...listed(item, { _id, tenant, ...levelOf(item) }), revision, ...standingBy(item) }];
    });
    const made = madeBy([...facts.values()].flatMap((told) => seenAt(told, moment)));
    const said = await this.#said(then.flatMap((item) => saidThen(item, made)));
    const told = await Promise.all(then.map((item) => this.#orReplayed(item, moment, () => worded(item, said, made))));
    return told.filter((item) => item !== undefined);
  }

  /** What is shown of items. Those of which the documents kept for it cannot tell are told by their facts. */
  async #told(shown: readonly Shown[], moment: Moment): Promise<StandingItem[]> {
    const settled = shown.filter(isSettled);
    const unsettled = shown.filter((each) => !isSettled(each)).map(({ item }) => item);
    const [said, whole] = await Promise.all([this.#said(settled.flatMap(saidOf)), this.byAll(unsettled, moment)]);
    const told = await Promise.all(
      settled.map((each) => this.#orReplayed(each.item, moment, () => standing(each, said))),
    );
    const all = byId([...told, ...whole].filter((item) => item !== undefined));
    return shown.flatMap(({ item }) => all.get(item._id) ?? []);
  }

  /** What was contributed to an item at a moment: before the first of its times that the moment sees part of, and in these. */
  async #shown(
    { facts, item, nth }: PastItem,
    now: ReadonlyMap<string, readonly ContributionsDocument[]>,
    moment: Moment,
  ): Promise<Shown> {
    const known = now.get(item._id) ?? [];
    if (nth === undefined) return { item, bodies: seenWholeIn(known, moment) };
    const isLater = ({ revision }: ContributionsDocument) => nthTimes(revision) >= nth;
    const then = bodiesIn([
      ...known.filter((one) => !isLater(one)),
      ...(await this.#contributionsBefore(item._id, nth, known.filter(isLater))),
    ]);
    const contributed = facts.filter(({ data }) => 'assessmentId' in data && !isOwners(data));
    return { item, bodies: contributed.reduce(withContribution, then) };
  }

  /** What was contributed before some of an item's times. @param changed what was contributed in these or later ones */
  async #contributionsBefore(
    itemId: string,
    nth: number,
    changed: readonly ContributionsDocument[],
  ): Promise<readonly ContributionsThenDocument[]> {
    const wanted = new Set(changed.map(({ bucket }) => bucket));
    const then: ContributionsThenDocument[] = [];
    // The first of each bucket: most are among the first few.
    for (let skip = 0; wanted.size > 0; skip += thenAtOnce) {
      const some = { sort: { nth: 1 }, skip, limit: thenAtOnce } as const;
      const found = await this.readModels.find(contributionsThen, { itemId, nth: { $gte: nth } }, some);
      for (const one of found) if (wanted.delete(one.bucket)) then.push(one);
      if (found.length < thenAtOnce) break;
    }
    return then;
  }

  /** Whether documents tell of items; the log does until they are made. */
  async #areTold([first]: readonly CountedItem[]): Promise<boolean> {
    return first === undefined || this.readModels.areMade([itemStatus, itemContributions], first.tenant);
  }

  async #replayed(items: readonly CountedItem[], moment: Moment): Promise<StandingItem[]> {
    return (await replayedItems(this.replay, items, moment)).map(standingRecord);
  }

  async #contributions(items: readonly Document[]): Promise<ReadonlyMap<string, readonly ContributionsDocument[]>> {
    const found = await this.readModels.getMany(
      itemContributions,
      items.flatMap(({ _id }) => idsOfContributions(_id)),
    );
    const byItem = new Map<string, ContributionsDocument[]>();
    for (const one of found) addTo(byItem, one.ofItem, one);
    return byItem;
  }

  async #documentsOf(items: readonly Document[]): Promise<ItemDocument[]> {
    return this.readModels.getMany(
      itemStatus,
      items.map(({ _id }) => _id),
    );
  }

  async #said(ids: readonly string[]): Promise<Said> {
    return byId(await this.readModels.getMany(saidOfItems, [...new Set(ids)]));
  }

  /** What documents lack is told by the log. */
  async #orReplayed(
    { _id, tenant }: CountedItem,
    moment: Moment,
    tell: () => StandingItem,
  ): Promise<StandingItem | undefined> {
    try {
      return tell();
    } catch (error) {
      if (!(error instanceof WordsMissing)) throw error;
      const record = await replayedItem(this.replay, streamName(tenant, 'item', _id), moment);
      return record && standingRecord(record);
    }
  }
}

/** What is shown of an item that was replayed. */
export function standingRecord(record: ItemRecord): StandingItem {
  const { _id, revision, tenant } = record;
  return { ...listed(record, { _id, tenant, ...levelOf(record) }), revision, ...standingBy(record) };
}

/** An item, and what is contributed to it. */
interface Shown {
  readonly item: StoodItem;
  /** Left out where only the facts tell. */
  readonly bodies: Contributions | undefined;
}

const isSettled = ({ bodies, item: { owners } }: Shown): boolean =>
  newestLevel(owners) !== undefined &&
  (owners.newest.length > 0 ? levelSince(owners) !== undefined : owners.earlier === undefined) &&
  bodies !== undefined &&
  contributing(bodies) !== undefined;

const contributionsOf = ({ bodies = {} }: Shown): readonly Contribution[] => contributing(bodies)!;

/** So many items are looked up at once. */
const atOnce = 10;

function* inPortions<One>(all: readonly One[]): Generator<readonly One[]> {
  for (let from = 0; from < all.length; from += atOnce) yield all.slice(from, from + atOnce);
}

function saidOf(shown: Shown): string[] {
  const { _id, owners } = shown.item;
  const newest = owners.newest.at(-1);
  const assessments = [...(newest ? [newest] : []), ...contributionsOf(shown).map((one) => one.newest!)];
  const revisions = assessments.flatMap(({ revision, said = revision }) => [revision, said]);
  return [...wordsOfState(shown.item), ...revisions.map((revision) => idOfSaid(_id, revision))];
}

function standing(shown: Shown, said: Said): StandingItem {
  const {
    ahead: _ahead,
    foundBy: _foundBy,
    known: _known,
    owners,
    until: _until,
    ...rest
  } = shown.item as StoodItem & Partial<ItemDocument>;
  const assessment = (judgement: ToldJudgement, capacity: Capacity): Assessment => {
    const { assessmentId, revision, said: last = revision } = judgement;
    const [made, corrected] = [revision, last].map((one) => need(said, idOfSaid(rest._id, one)));
    return assessmentOf({ assessmentId, capacity }, made!, corrected!);
  };
  const newest = owners.newest.at(-1);
  const status: OwnersStatus | null = newest
    ? {
        newest: assessment(newest, 'owner'),
        since: levelSince(owners)!,
        levels: owners.newest.map((one) => ({ ...one, scale: owners.scales[one.scale ?? 0]! })),
        hasEarlier: owners.earlier !== undefined,
      }
    : null;
  return {
    ...wordedState(rest, said),
    status,
    contributions: contributionsOf(shown).map((one) => assessment(one.newest!, 'contribution')),
  };
}

/** A judgement, by the events that made it and that say it as last corrected. */
type ToldJudgement = Pick<OwnersJudgement, 'assessmentId' | 'revision' | 'said'>;

/** An assessment as it was made and last corrected. */
function assessmentOf(
  which: Pick<Assessment, 'assessmentId' | 'capacity'>,
  made: SaidDocument,
  last: SaidDocument,
): Assessment {
  const { data, effectiveOn, position, recordedAt, role } = made;
  const { reason: _reason, ...said } = data;
  const head = { effectiveOn, recordedAt, position, by: { role }, ...provenanceOf(made) };
  const assessment = { ...which, ...said, ...head } as unknown as Assessment;
  if (last._id === made._id) return assessment;
  const { evidence, level, motivation } = last.data as unknown as Assessment;
  const corrected = { correctedAt: last.recordedAt, correctionPosition: last.position };
  return { ...assessment, level, motivation, evidence, ...corrected };
}

/** By assessment, the revision of the event that made it. */
type MadeBy = ReadonlyMap<string, number>;

const madeBy = (facts: readonly Fact[]): MadeBy =>
  new Map(facts.flatMap((fact) => (isMaking(fact) ? [[fact.data.assessmentId, fact.revision]] : [])));

function saidThen(item: StandingItem, made: MadeBy): string[] {
  const { contributions, status } = item;
  const assessments = [...(status ? [status.newest] : []), ...contributions];
  const ids = assessments.flatMap((one) => [idOfReference(item, one.motivation), idOfMade(item, one, made)]);
  return [...wordsOfState(item), ...ids];
}

const idOfMade = ({ _id }: CountedItem, { assessmentId }: Assessment, made: MadeBy): string =>
  idOfSaid(_id, made.get(assessmentId)!);

function worded(item: StandingItem, said: Said, made: MadeBy): StandingItem {
  const { contributions, status } = item;
  const wordedAssessment = (assessment: Assessment): Assessment => {
    const { evidence = [], motivation = '' } = need(said, idOfReference(item, assessment.motivation)).data;
    const provenance = provenanceOf(need(said, idOfMade(item, assessment, made)));
    return { ...assessment, motivation, evidence, ...provenance };
  };
  return {
    ...item,
    ...wordedState(item, said),
    status: status && { ...status, newest: wordedAssessment(status.newest) },
    contributions: contributions.map(wordedAssessment),
  };
}

/** The ids of what an item says of itself at length. */
function wordsOfState(item: ListedItem): string[] {
  const { documents, expectedEffects, successors, text } = item;
  const comments = successors.flatMap(({ comment }) => comment ?? []);
  const references = [...documents.value, ...expectedEffects.value, ...(text.value === null ? [] : [text.value])];
  return [...references, ...comments].map((reference) => idOfReference(item, reference));
}

function wordedState<Item extends ListedItem>(item: Item, said: Said): Item {
  const { documents, expectedEffects, successors, text } = item;
  const wordsAt = (reference: string) => need(said, idOfReference(item, reference)).data;
  return {
    ...item,
    text: { ...text, value: text.value === null ? null : wordsAt(text.value).text! },
    documents: { ...documents, value: documents.value.flatMap((reference) => wordsAt(reference).documents!) },
    expectedEffects: {
      ...expectedEffects,
      value: expectedEffects.value.flatMap((reference) => wordsAt(reference).expectedEffects!),
    },
    successors: successors.map((link) => (link.comment ? { ...link, comment: wordsAt(link.comment).comment! } : link)),
  };
}

const idOfReference = ({ _id }: CountedItem, reference: string): string => idOfSaid(_id, referredTo(reference));

function need(said: Said, id: string): SaidDocument {
  const found = said.get(id);
  if (!found) throw new WordsMissing(id);
  return found;
}
