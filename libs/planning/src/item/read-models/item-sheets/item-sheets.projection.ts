import type { Document } from '#document-store';
import { factOf } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { ignored, partsOf } from '#projecting';
import type { Projection } from '#projecting';
import type { ItemEvent } from '../../item.events.js';
import type { JudgementEvent } from '../../item.properties.js';
import { givenAfter } from './given.js';
import type { Given } from './given.js';
import { rowAfter } from './sheet-item.js';
import type { SheetRow } from './sheet-item.js';

/** Some of the items of a plan: `plan.<id>.<bucket>`. Grows with the items of the plan. */
export interface PlanSheet extends Document {
  readonly ofPlan: string;
  /** By item. */
  readonly rows: Readonly<Record<string, SheetRow>>;
}

/** What bodies say of some items in a round: `round.<id>.<bucket>`. Grows with the items of the plan, and their bodies. */
export interface RoundSheet extends Document {
  readonly ofRound: string;
  /** Of the last event that it is made of. */
  readonly position: string;
  readonly bodies: readonly string[];
  /** By item, in the order of these bodies; those that follow the last that says something are left out. */
  readonly rows: Readonly<Record<string, readonly Given[]>>;
}

/** So many sheets are the items of a plan spread over, at the most: each is written whole with every event of its items. */
const buckets = 512;

const bucketOf = (itemId: string): string => (Number.parseInt(itemId.slice(-4), 16) % buckets).toString(36);

type Sheet = PlanSheet | RoundSheet;

const onPlan = {
  key: ({ data }: RecordedEvent<ItemEvent>) => `plan.${data.planId}.${bucketOf(data.itemId)}`,
  evolve: (sheet: Sheet | undefined, event: RecordedEvent<ItemEvent>) =>
    withItem(sheet as PlanSheet | undefined, event),
};
const onRound = {
  key: ({ data }: RecordedEvent<JudgementEvent>) => `round.${data.roundId}.${bucketOf(data.itemId)}`,
  evolve: (sheet: Sheet | undefined, event: RecordedEvent<JudgementEvent>) =>
    withJudgement(sheet as RoundSheet | undefined, event),
};

/**
 * Answers: what do bodies owe judgements of, and have they given them? Without the documents of each item: sheets hold a
 * line for each, and are counted.
 */
export const itemSheets: Projection<Sheet, ItemEvent> = {
  name: 'item-sheets',
  version: 3,
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
    ItemHeld: onPlan,
    ItemResumed: onPlan,
    ItemRevisionRetracted: onPlan,
    ItemAssessed: onRound,
    AssessmentCorrected: onRound,
    AssessmentWithdrawn: onRound,
    AssessmentReinstated: onRound,
  },
};

/** The sheets of each sort, for whoever reads them. */
export const planSheets = partsOf<PlanSheet>(itemSheets);
export const roundSheets = partsOf<RoundSheet>(itemSheets);

function withItem(sheet: PlanSheet | undefined, event: RecordedEvent<ItemEvent>): PlanSheet {
  const { itemId, planId: ofPlan } = event.data;
  const row = rowAfter(sheet?.rows[itemId], factOf<ItemEvent>(event));
  return { _id: onPlan.key(event), ofPlan, rows: { ...sheet?.rows, [itemId]: row } };
}

function withJudgement(sheet: RoundSheet | undefined, event: RecordedEvent<JudgementEvent>): RoundSheet {
  const { data, position, revision } = event;
  const { bodyId, itemId, roundId: ofRound } = data;
  const { bodies: known = [], rows = {} } = sheet ?? {};
  const bodies = known.includes(bodyId) ? known : [...known, bodyId];
  const row = [...(rows[itemId] ?? [])];
  const place = bodies.indexOf(bodyId);
  while (row.length <= place) row.push('');
  row[place] = givenAfter(row[place]!, factOf<JudgementEvent>(event), revision);
  return { _id: onRound.key(event), ofRound, position, bodies, rows: { ...rows, [itemId]: row } };
}
