import { factOf } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { ignored, partId, partsOf } from '#projecting';
import type { Derived, Projection, SourceChange } from '#projecting';
import type { ItemEvent } from '../../item.events.js';
import type { JudgementEvent } from '../../item.properties.js';
import { givenAfter } from './given.js';
import { linesOf } from './plan-lines.js';
import type { PlanLines } from './plan-lines.js';
import { placeOf, withLine } from './round-sheet.js';
import type { JudgementsOfItem, RoundSheet } from './round-sheet.js';
import { rowAfter } from './sheet-item.js';
import type { PlanSheet } from './sheet-item.js';

type Sheet = PlanSheet | RoundSheet;
type PartOfSheet = PlanLines | JudgementsOfItem;

/**
 * Over so many sheets are the items of a plan spread, at the most: each is written whole with every event of its items, and
 * a question reads all of them.
 */
const [bucketsOfPlan, bucketsOfRound] = [256, 128];

const bucketOf = (itemId: string, buckets: number): string =>
  (Number.parseInt(itemId.slice(-4), 16) % buckets).toString(36);

const idOfPlanSheet = ({ itemId, planId }: ItemEvent['data']): string =>
  `plan.${planId}.${bucketOf(itemId, bucketsOfPlan)}`;
const idOfRoundSheet = (roundId: string, itemId: string): string =>
  `round.${roundId}.${bucketOf(itemId, bucketsOfRound)}`;

const onPlan = {
  key: ({ data }: RecordedEvent<ItemEvent>) => idOfPlanSheet(data),
  evolve: (sheet: Sheet | undefined, event: RecordedEvent<ItemEvent>) =>
    withItem(sheet as PlanSheet | undefined, event),
  derive: ({ after }: SourceChange<Sheet>): Derived<PartOfSheet>[] => [{ document: linesOf(after as PlanSheet) }],
};
const onRound = {
  key: ({ data }: RecordedEvent<JudgementEvent>) => idOfRoundSheet(data.roundId, data.itemId),
  evolve: (sheet: Sheet | undefined, event: RecordedEvent<JudgementEvent>) =>
    withLine(sheet as RoundSheet | undefined, idOfRoundSheet(event.data.roundId, event.data.itemId), event),
  derive: ({ after }: SourceChange<Sheet>, event: RecordedEvent<JudgementEvent>): Derived<PartOfSheet>[] => [
    judgementsOf(after as RoundSheet, event),
  ],
};

/**
 * Answers: what do bodies owe judgements of, and have they given them? Without the documents of each item: sheets hold a
 * line for each, and are counted.
 */
export const itemSheets: Projection<Sheet, ItemEvent, PartOfSheet> = {
  name: 'item-sheets',
  version: 6,
  indexes: [{ fields: ['ofPlan'] }, { fields: ['ofRound'] }],
  on: {
    ItemAdopted: onPlan,
    ItemReworded: { ...onPlan, key: (event) => (event.data.title === undefined ? [] : onPlan.key(event)) },
    ItemRenumbered: onPlan,
    ItemMoved: ignored,
    ItemConcernedChanged: onPlan,
    ItemResponsibleChanged: onPlan,
    ItemRetained: onPlan,
    ItemCompleted: onPlan,
    ItemDiscontinued: onPlan,
    ItemSucceeded: ignored,
    ItemAnswerDeclared: ignored,
    ItemHeld: onPlan,
    ItemResumed: onPlan,
    ItemRevisionRetracted: onPlan,
    ItemCancelled: onPlan,
    ItemAssessed: onRound,
    AssessmentCorrected: onRound,
    AssessmentWithdrawn: onRound,
    AssessmentReinstated: onRound,
  },
};

/** The documents of each sort, for whoever reads them. */
export const planLines = partsOf<PlanLines>(itemSheets);
export const roundSheets = partsOf<RoundSheet>(itemSheets);
export const judgementsOfItems = partsOf<JudgementsOfItem>(itemSheets);

/** The id of what bodies say of an item in a round. */
export const idOfJudgements = (roundId: string, itemId: string): string =>
  partId(idOfRoundSheet(roundId, itemId), itemId);

function withItem(sheet: PlanSheet | undefined, event: RecordedEvent<ItemEvent>): PlanSheet {
  const { itemId, planId } = event.data;
  const row = rowAfter(sheet?.rows[itemId], factOf<ItemEvent>(event));
  return { _id: idOfPlanSheet(event.data), planId, rows: { ...sheet?.rows, [itemId]: row } };
}

function judgementsOf(sheet: RoundSheet, event: RecordedEvent<JudgementEvent>): Derived<JudgementsOfItem> {
  const { bodyId, itemId } = event.data;
  const id = partId(sheet, itemId);
  const place = placeOf(sheet, bodyId);
  return {
    id,
    evolve: (part) => {
      const given = [...(part?.given ?? [])];
      while (given.length <= place) given.push('');
      given[place] = givenAfter(given[place]!, factOf<JudgementEvent>(event), event.revision);
      return { _id: id, given };
    },
  };
}
