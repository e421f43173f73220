import type { RecordedEvent } from '#kernel';
import { labelOf } from '#planning';
import type { ItemReader } from '#planning';
import type { ReadModels } from '#projecting';
import { Directory } from '#reading';
import { deadlineOf } from '#rounds';
import type { Lacking, RoundDocument, RoundReminded } from '#rounds';

/** What a reminder tells its receiver: bodies and items, and no person. */
export interface ReminderMessage {
  readonly type: 'round.reminded';
  /** When it was decided to remind: RFC 3339. */
  readonly timestamp: string;
  readonly data: {
    readonly tenant: string;
    readonly planId: string;
    readonly plan: string;
    readonly roundId: string;
    readonly round: string;
    readonly referenceDate: string;
    readonly deadline: string;
    readonly bodies: readonly {
      readonly bodyId: string;
      readonly name: string;
      /** The last day for its assessments: that of the round, or later. */
      readonly deadline: string;
      /** What it has not assessed; empty where it has only not said that it is ready. */
      readonly missing: readonly { readonly itemId: string; readonly label: string; readonly title: string }[];
    }[];
  };
}

/** Puts names to what an event says is missing. @throws NotFound where the plan is not known */
export async function reminderMessage(
  { data: { roundId }, metadata }: RecordedEvent<RoundReminded>,
  missing: readonly Lacking[],
  round: RoundDocument,
  readModels: ReadModels,
  reader: ItemReader,
): Promise<ReminderMessage> {
  const { deadline, label, planId, referenceDate } = round;
  const { recordedAt: timestamp, tenant } = metadata;
  const then = { asOf: referenceDate };
  const plan = await reader.planNames(tenant, planId, then);
  const named = { bodies: missing.map(({ bodyId }) => bodyId) };
  const directory = await Directory.of(readModels, tenant, then, named);
  const lacked = await reader.named([...new Set(missing.flatMap(({ itemIds }) => itemIds))], then);
  const items = new Map(lacked.map((item) => [item._id, item]));
  const told = (itemId: string) => {
    const item = items.get(itemId);
    return item ? [{ itemId, label: labelOf(item, plan), title: item.title.value }] : [];
  };
  const bodies = missing.map(({ bodyId, itemIds }) => ({
    bodyId,
    name: directory.body(bodyId).name,
    deadline: deadlineOf(round, bodyId),
    missing: itemIds.flatMap(told),
  }));
  return {
    type: 'round.reminded',
    timestamp,
    data: { tenant, planId, plan: plan.title, roundId, round: label, referenceDate, deadline, bodies },
  };
}
