import { streamName } from '#kernel';
import type { Moment, Replay } from '#projecting';
import { itemRecord } from './item-record.js';
import type { ItemRecord } from './item-record.js';

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
        .map(({ _id, tenant }) => replay.document(itemRecord, streamName(tenant, 'item', _id), moment)),
    );
    told.push(...records.filter((record) => record !== undefined).filter(({ cancelled }) => !cancelled));
  }
  return told;
}
