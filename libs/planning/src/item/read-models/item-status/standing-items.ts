import { streamName } from '#kernel';
import type { Moment, ReadModels, Replay } from '#projecting';
import { byId } from '../../../names/names.js';
import type { Assessment } from '../../item.js';
import { itemRecord } from '../item-record/item-record.js';
import type { ItemRecord } from '../item-record/item-record.js';
import { contributing } from './contributions.js';
import type { Contribution } from './contributions.js';
import { factsByItem, foldedAt, levelOf } from './fold-facts.js';
import { idOfContributions, idOfSaid } from './item-documents.js';
import type { ContributionsDocument, ItemDocument, ListedItem, SaidDocument } from './item-documents.js';
import { itemContributions, roundsOfItems, saidOfItems } from './item-status.projection.js';
import { listed } from './listed-item.js';
import { levelSince, newestLevel } from './owners-judgements.js';
import { referredTo } from './slim-events.js';
import { standingBy } from './standing-item.js';
import type { OwnersStatus, StandingItem } from './standing-item.js';

type Said = ReadonlyMap<string, SaidDocument>;

/** What an event says at length is not there: it is caught, and the item is replayed from the log. */
class WordsMissing extends Error {}

/** Puts together what is shown of items: each from a few documents, however long its history is. */
export class StandingItems {
  constructor(
    private readonly readModels: ReadModels,
    private readonly replay: Replay,
  ) {}

  /** Items as they stand now. Those of which the documents of now cannot tell are told by their facts. */
  async now(items: readonly ItemDocument[]): Promise<StandingItem[]> {
    const contributions = byId(
      await this.readModels.getMany(
        itemContributions,
        items.map(({ _id }) => idOfContributions(_id)),
      ),
    );
    const shown = items.map((item) => ({ item, document: contributions.get(idOfContributions(item._id)) }));
    const settled = shown.filter(isSettled);
    const unsettled = shown.filter((each) => !isSettled(each)).map(({ item }) => item);
    const [said, whole] = await Promise.all([this.#said(settled.flatMap(saidNow)), this.at(unsettled, {})]);
    const told = await Promise.all(
      settled.map((each) => this.#orReplayed(each.item, {}, () => standingNow(each, said))),
    );
    const all = byId([...told, ...whole].filter((item) => item !== undefined));
    return items.flatMap(({ _id }) => all.get(_id) ?? []);
  }

  /** Items as they stood at a moment, by all that was said of them up to it. Leaves out those that were not there then. */
  async at(items: readonly ListedItem[], moment: Moment): Promise<StandingItem[]> {
    if (items.length === 0) return [];
    const facts = factsByItem(
      await this.readModels.find(roundsOfItems, { itemId: { $in: items.map(({ _id }) => _id) } }),
    );
    const then = items.flatMap(({ _id, tenant }): StandingItem[] => {
      const folded = foldedAt(facts.get(_id) ?? [], moment);
      if (!folded) return [];
      const { item, revision } = folded;
      return [{ ...listed(item, { _id, tenant, level: levelOf(item) }), revision, ...standingBy(item) }];
    });
    const said = await this.#said(then.flatMap(saidThen));
    const told = await Promise.all(then.map((item) => this.#orReplayed(item, moment, () => worded(item, said))));
    return told.filter((item) => item !== undefined);
  }

  async #said(ids: readonly string[]): Promise<Said> {
    return byId(await this.readModels.getMany(saidOfItems, [...new Set(ids)]));
  }

  /** What documents lack is told by the log. */
  async #orReplayed(
    { _id, tenant }: ListedItem,
    moment: Moment,
    tell: () => StandingItem,
  ): Promise<StandingItem | undefined> {
    try {
      return tell();
    } catch (error) {
      if (!(error instanceof WordsMissing)) throw error;
      const record = await this.replay.document(itemRecord, streamName(tenant, 'item', _id), moment);
      return record && standingRecord(record);
    }
  }
}

/** What is shown of an item that was replayed. */
export function standingRecord(record: ItemRecord): StandingItem {
  const { _id, revision, tenant } = record;
  return { ...listed(record, { _id, tenant, level: levelOf(record) }), revision, ...standingBy(record) };
}

/** An item, and what is contributed to it. */
interface Shown {
  readonly item: ItemDocument;
  readonly document: ContributionsDocument | undefined;
}

const isSettled = ({ document, item: { owners } }: Shown): boolean =>
  newestLevel(owners) !== undefined &&
  (owners.newest.length > 0 ? levelSince(owners) !== undefined : owners.earlier === undefined) &&
  contributing(document?.bodies ?? {}) !== undefined;

const contributionsOf = ({ document }: Shown): readonly Contribution[] => contributing(document?.bodies ?? {})!;

function saidNow(shown: Shown): string[] {
  const { _id, owners } = shown.item;
  const newest = owners.newest.at(-1);
  const assessments = [...(newest ? [newest] : []), ...contributionsOf(shown).map((one) => one.newest!)];
  const revisions = assessments.flatMap(({ revision, said }) => [revision, said]);
  return [...wordsOfState(shown.item), ...revisions.map((revision) => idOfSaid(_id, revision))];
}

function standingNow(shown: Shown, said: Said): StandingItem {
  const { foundBy: _foundBy, owners, rounds: _rounds, times: _times, ...rest } = shown.item;
  const assessment = ({ revision, said: last }: { readonly revision: number; readonly said: number }): Assessment =>
    assessmentOf(need(said, idOfSaid(rest._id, revision)), need(said, idOfSaid(rest._id, last)));
  const newest = owners.newest.at(-1);
  const status: OwnersStatus | null = newest
    ? {
        newest: assessment(newest),
        since: levelSince(owners)!,
        levels: owners.newest,
        hasEarlier: owners.earlier !== undefined,
      }
    : null;
  return {
    ...wordedState(rest, said),
    status,
    contributions: contributionsOf(shown).map((one) => assessment(one.newest!)),
  };
}

/** An assessment as it was made and last corrected. */
function assessmentOf(made: SaidDocument, last: SaidDocument): Assessment {
  const { data, effectiveOn, position, recordedAt, role } = made;
  const assessment = { ...data, effectiveOn, recordedAt, position, by: { role } } as unknown as Assessment;
  if (last._id === made._id) return assessment;
  const { evidence, level, motivation } = last.data as unknown as Assessment;
  const corrected = { correctedAt: last.recordedAt, correctionPosition: last.position };
  return { ...assessment, level, motivation, evidence, ...corrected };
}

function saidThen(item: StandingItem): string[] {
  const { contributions, status } = item;
  const assessments = [...(status ? [status.newest] : []), ...contributions];
  return [...wordsOfState(item), ...assessments.map(({ motivation }) => idOfReference(item, motivation))];
}

function worded(item: StandingItem, said: Said): StandingItem {
  const { contributions, status } = item;
  const wordedAssessment = (assessment: Assessment): Assessment => {
    const { evidence = [], motivation = '' } = need(said, idOfReference(item, assessment.motivation)).data;
    return { ...assessment, motivation, evidence };
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

const idOfReference = ({ _id }: ListedItem, reference: string): string => idOfSaid(_id, referredTo(reference));

function need(said: Said, id: string): SaidDocument {
  const found = said.get(id);
  if (!found) throw new WordsMissing(id);
  return found;
}
