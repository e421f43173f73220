import type { IndicatorEvent } from '#indicators';
import type { RecordedEvent } from '#kernel';

export const indicatorTypes = [
  'IndicatorRetirementCancelled',
  'IndicatorChangeCancelled',
  'IndicatorCancelled',
] as const satisfies readonly IndicatorEvent['type'][];

type Of<Type extends IndicatorEvent['type']> = RecordedEvent<Extract<IndicatorEvent, { type: Type }>>;
type Cancelling = Of<(typeof indicatorTypes)[number]>;
type Told = Of<'IndicatorDefined' | 'IndicatorRedefined' | 'IndicatorTargetSet'>;
type Correcting = Of<'IndicatorRedefined' | 'IndicatorTargetSet'>;
type Value = Of<'IndicatorValueRecorded' | 'IndicatorValueCorrected'>;

export const cancelsOfIndicator = (event: { readonly type: string }): event is Cancelling =>
  (indicatorTypes as readonly string[]).includes(event.type);
const mayCorrect = (event: { readonly type: string }): event is Correcting =>
  event.type === 'IndicatorRedefined' || event.type === 'IndicatorTargetSet';
const isTold = (event: { readonly type: string }): event is Told =>
  event.type === 'IndicatorDefined' || mayCorrect(event);
const isValue = (event: { readonly type: string }): event is Value =>
  event.type === 'IndicatorValueRecorded' || event.type === 'IndicatorValueCorrected';

/**
 * Tells nothing of indicators that were cancelled, nor of what of them was taken back; and what was corrected as it is corrected,
 * where it was said.
 */
export class CancelledIndicators {
  /** By stream: up to which revision nothing is told of it. */
  readonly #gone = new Map<string, number>();
  /** The same of its retirements. */
  readonly #followed = new Map<string, number>();
  /** The same of its periods, by stream and period. */
  readonly #values = new Map<string, number>();
  /** The definitions and targets that say nothing any more, by their events. */
  readonly #takenBack = new Set<string>();
  /** By the event that is corrected. */
  readonly #corrections = new Map<string, Correcting>();

  take(event: Cancelling): void {
    const { data, revision, stream, type } = event;
    if (type === 'IndicatorCancelled') this.#gone.set(stream, revision);
    else if (type === 'IndicatorRetirementCancelled') this.#followed.set(stream, revision);
    else if (data.period !== undefined) this.#values.set(periodOf(stream, data.period), revision);
    else this.#takenBack.add(data.eventId);
  }

  /** Hears what may correct an earlier event. */
  hear(event: RecordedEvent): void {
    const { corrects } = event.metadata;
    if (corrects !== undefined && mayCorrect(event)) this.#corrections.set(corrects, event);
  }

  /** What is told of an event, once all of the log has been taken; undefined where nothing is. */
  told(event: RecordedEvent): RecordedEvent | undefined {
    const { revision, stream, type } = event;
    if (revision <= (this.#gone.get(stream) ?? -1)) return undefined;
    if (type === 'IndicatorRetired' && revision <= (this.#followed.get(stream) ?? -1)) return undefined;
    if (isValue(event)) {
      return revision > (this.#values.get(periodOf(stream, event.data.period)) ?? -1) ? event : undefined;
    }
    return isTold(event) ? this.#corrected(event) : event;
  }

  #corrected(event: Told): RecordedEvent | undefined {
    // It is told in the place of what it corrects.
    if (event.metadata.corrects !== undefined) return undefined;
    let newest: Told = event;
    for (let next: Told | undefined = event; next; next = this.#corrections.get(next.id)) newest = next;
    if (this.#takenBack.has(newest.id)) return undefined;
    return event.type === 'IndicatorDefined' && newest.type === 'IndicatorRedefined'
      ? definedBy(event, newest)
      : newest;
  }
}

const periodOf = (stream: string, period: string): string => `${stream} ${period}`;

/** The definition that an indicator begins with, as it is corrected. */
function definedBy({ data: { key } }: Of<'IndicatorDefined'>, correction: Of<'IndicatorRedefined'>): RecordedEvent {
  const { breaksSeries: _breaks, reason: _reason, version: _version, ...data } = correction.data;
  return { ...correction, type: 'IndicatorDefined', data: { ...data, ...(key !== undefined && { key }) } };
}
