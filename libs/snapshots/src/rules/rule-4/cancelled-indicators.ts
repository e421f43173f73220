import type { IndicatorEvent } from '#indicators';
import type { RecordedEvent } from '#kernel';

export const indicatorTypes = [
  'IndicatorRetirementCancelled',
  'IndicatorCancelled',
] as const satisfies readonly IndicatorEvent['type'][];

type Cancelling = RecordedEvent<Extract<IndicatorEvent, { type: (typeof indicatorTypes)[number] }>>;

export const cancelsOfIndicator = (event: { readonly type: string }): event is Cancelling =>
  (indicatorTypes as readonly string[]).includes(event.type);

/** Tells nothing of indicators that were cancelled, and of retirements that were taken back. */
export class CancelledIndicators {
  /** By stream: up to which revision nothing is told of it. */
  readonly #gone = new Map<string, number>();
  /** The same of its retirements. */
  readonly #followed = new Map<string, number>();

  take({ revision, stream, type }: Cancelling): void {
    (type === 'IndicatorCancelled' ? this.#gone : this.#followed).set(stream, revision);
  }

  /** Whether an event is told of, once all of the log has been taken. */
  tells({ revision, stream, type }: RecordedEvent): boolean {
    if (revision <= (this.#gone.get(stream) ?? -1)) return false;
    return type !== 'IndicatorRetired' || revision > (this.#followed.get(stream) ?? -1);
  }
}
