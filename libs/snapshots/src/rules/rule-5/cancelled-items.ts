import type { RecordedEvent } from '#kernel';
import type { ItemEvent } from '#planning';

export const cancellationTypes = ['ItemCancelled'] as const satisfies readonly ItemEvent['type'][];

type Cancellation = RecordedEvent<Extract<ItemEvent, { type: (typeof cancellationTypes)[number] }>>;

export const isCancellation = (event: { readonly type: string }): event is Cancellation =>
  (cancellationTypes as readonly string[]).includes(event.type);

/** Tells nothing of items that were cancelled; of one that was adopted anew, what was said since. */
export class CancelledItems {
  /** By stream: up to which revision nothing is told of it. */
  readonly #gone = new Map<string, number>();

  take({ revision, stream }: Cancellation): void {
    this.#gone.set(stream, revision);
  }

  /** Whether an event is told of, once all of the log has been taken. */
  tells({ revision, stream }: RecordedEvent): boolean {
    return revision > (this.#gone.get(stream) ?? -1);
  }
}
