import { addTo } from '#kernel';
import type { RecordedEvent } from '#kernel';
import type { ItemEvent } from '#planning';
import type { HoldContent, ItemContent } from '../../format/snapshot.js';
import { byDay, factOf } from '../rule-1/fact.js';
import type { Fact } from '../rule-1/fact.js';
import type { Frame } from '../rule-1/frame.js';

export type HoldEvent = Extract<ItemEvent, { type: 'ItemHeld' | 'ItemResumed' }>;
type DataOf<Type extends HoldEvent['type']> = Extract<HoldEvent, { type: Type }>['data'];

/** An item was put on hold, or taken up again. */
export type HoldStep = Fact<DataOf<'ItemHeld'>> | Fact<DataOf<'ItemResumed'>>;

/** What the log told of holds. */
export class Holds {
  readonly #steps = new Map<string, HoldStep[]>();

  /** @param sequence its place in the order of the log */
  take(event: RecordedEvent<HoldEvent>, sequence: number): void {
    addTo(this.#steps, event.data.itemId, factOf<HoldEvent['data']>(event, sequence));
  }

  /** What speaks of a day or of earlier ones, in the order of their days and within a day as recorded. */
  upTo(itemId: string, day: string): readonly HoldStep[] {
    return byDay(this.#steps.get(itemId) ?? []).filter(({ effectiveOn }) => effectiveOn <= day);
  }

  /** The hold that an item is on, on the reference date. One that has ended is on none. */
  of({ itemId, lifecycle }: ItemContent, { names, round: { referenceDate } }: Frame): HoldContent | undefined {
    const last = this.upTo(itemId, referenceDate).at(-1);
    if (!last || !('until' in last.data) || last.data.until <= referenceDate) return undefined;
    if (lifecycle.state === 'completed' || lifecycle.state === 'discontinued') return undefined;
    const { reason, until } = last.data;
    return { since: last.effectiveOn, until, reason, decision: names.decision(last.decision) };
  }
}
