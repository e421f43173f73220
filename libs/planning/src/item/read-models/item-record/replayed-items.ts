import { streamName } from '#kernel';
import { foldedWhere, isWithin } from '#projecting';
import type { Moment, Replay } from '#projecting';
import type { ItemEvent } from '../../item.events.js';
import { withoutTakenBack } from '../../without-taken-back.js';
import { itemRecord } from './item-record.js';
import type { ItemRecord } from './item-record.js';

/** An item as its stream tells of it at a moment; undefined where it was not there then. @throws as `Replay.document` */
export async function replayedItem(replay: Replay, stream: string, moment: Moment): Promise<ItemRecord | undefined> {
  if (moment.saidBy === undefined) return replay.document(itemRecord, stream, moment);
  const events = await replay.events<ItemEvent>(stream, {});
  // Where the beginning is gone, a replay says so.
  if (events[0]?.revision !== 0) return replay.document(itemRecord, stream, moment);
  const told = withoutTakenBack(events, ({ metadata }) => isWithin(metadata, moment));
  return foldedWhere(itemRecord, told, (event, record) => {
    const effectiveOn = itemRecord.seenOn!(record, event);
    return effectiveOn !== undefined && isWithin({ ...event.metadata, effectiveOn }, moment);
  });
}

/** So many streams are read at once. */
const atOnce = 10;

/** Items as the log tells of them at a moment, while no documents do. Leaves out those that were not there then. */
export async function replayedItems(
  replay: Replay,
  items: readonly { readonly _id: string; readonly tenant: string }[],
  moment: Moment,
): Promise<ItemRecord[]> {
  const told: ItemRecord[] = [];
  for (let from = 0; from < items.length; from += atOnce) {
    const records = await Promise.all(
      items
        .slice(from, from + atOnce)
        .map(({ _id, tenant }) => replayedItem(replay, streamName(tenant, 'item', _id), moment)),
    );
    told.push(...records.filter((record) => record !== undefined).filter(({ cancelled }) => !cancelled));
  }
  return told;
}
