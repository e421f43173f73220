import { addTo } from '#kernel';
import type { FormalDecision, RecordedEvent } from '#kernel';
import type { DecisionCorrected } from '#organisation';

export const correctedTypes = ['DecisionCorrected'] as const;

export const isCorrectedDecision = (event: { readonly type: string }): event is RecordedEvent<DecisionCorrected> =>
  event.type === 'DecisionCorrected';

type Writable = { -readonly [Property in keyof FormalDecision]: FormalDecision[Property] };

/**
 * Lets formal decisions be told as they were corrected. What is handed on holds a decision of ours, which a correction still
 * changes: an earlier rule reads it when all has been told.
 */
export class CorrectedDecisions {
  /** By the event with which they were recorded. */
  readonly #own = new Map<string, Writable>();
  /** By the event that decided on a whole that those with which they were recorded are parts of. */
  readonly #ofWhole = new Map<string, Writable[]>();
  /** Those that were corrected by themselves, which a correction of the whole leaves as they are. */
  readonly #apart = new Set<Writable>();

  take(event: RecordedEvent): RecordedEvent {
    const { id, metadata } = event;
    if (!metadata.decision) return event;
    const decision: Writable = { ...metadata.decision };
    this.#own.set(id, decision);
    addTo(this.#ofWhole, metadata.causationId, decision);
    return { ...event, metadata: { ...metadata, decision } };
  }

  correct({ data: { decided, eventId } }: RecordedEvent<DecisionCorrected>): void {
    const own = this.#own.get(eventId);
    if (own) this.#apart.add(replaced(own, decided));
    for (const decision of this.#ofWhole.get(eventId) ?? []) {
      if (!this.#apart.has(decision)) replaced(decision, decided);
    }
  }
}

function replaced(decision: Writable, decided: FormalDecision): Writable {
  delete decision.diarienummer;
  delete decision.paragraph;
  return Object.assign(decision, decided);
}
