import { provenanceOf } from '#kernel';
import type { Actor, FormalDecision, Provenance, RecordedEvent, StoredEvent } from '#kernel';
import { changeOf } from '#planning';
import type { ItemChange, ItemEvent, Values } from '#planning';
import { overtakenBy, SaidOfDays, wasToCome } from './said-of-days.js';

/** One event of an item, as a reader of its history needs it. */
export interface HistoryEntry extends Pick<ItemChange, 'about' | 'after'>, Provenance {
  readonly eventId: string;
  readonly type: ItemEvent['type'];
  /** When the log learnt it. */
  readonly recordedAt: string;
  /** The day that it speaks of. */
  readonly effectiveOn: string;
  /** The id of the event that it corrects or takes back, where it says so. */
  readonly corrects?: string;
  readonly actor: Actor;
  readonly decision?: FormalDecision;
  /** The rules by which it was doubted, and confirmed. */
  readonly confirmed?: readonly string[];
  readonly revision: number;
  readonly position: string;
  readonly commandId: string;
  /** The event that led to it; missing where only its command did. */
  readonly causedBy?: string;
  /** What was in force before it took effect; of an assessment, what had been said. Empty for what is new. */
  readonly before: Values;
  /** The id of the event that took its place before it took effect, so that it never came into force. */
  readonly overtakenBy?: string;
}

/**
 * What happened to an item, from what to what.
 * @param events all of one item, in the order of the record
 * @param isKnown whether an event is known of that may have overtaken another: all are, where it is left out
 */
export function entriesOf(
  events: readonly RecordedEvent<ItemEvent>[],
  isKnown: (event: RecordedEvent<ItemEvent>) => boolean = () => true,
): HistoryEntry[] {
  const record = new ItemRecord();
  const told = events.map((event) => ({ event, ...changeOf(event) }));
  return told.map(({ about, after, event, ...change }, index) => {
    const before = record.before({ about, after, ...change }, event);
    record.take({ about, after, ...change }, event);
    const overtaking = change.assessment
      ? undefined
      : overtakenBy(
          { after, event },
          wasToCome(event) ? told.slice(index + 1).filter((one) => isKnown(one.event)) : [],
        );
    const entry = { ...headOf(event), type: event.type, about, before, after };
    return { ...entry, ...(overtaking !== undefined && { overtakenBy: overtaking }) };
  });
}

/** Who recorded an event, when, on which decision, and where it stands. */
export function headOf({
  id,
  metadata,
  position,
  revision,
}: Pick<StoredEvent, 'id' | 'metadata' | 'position' | 'revision'>) {
  const { actor, causationId, commandId, confirmed, corrects, decision, effectiveOn, recordedAt } = metadata;
  const about = { eventId: id, recordedAt, effectiveOn, ...(corrects && { corrects }), actor };
  const grounds = { ...(decision && { decision }), ...(confirmed && { confirmed }), ...provenanceOf(metadata) };
  const said = { ...about, ...grounds, revision, position };
  return { ...said, commandId, ...(causationId !== commandId && { causedBy: causationId }) };
}

/** What the record says of one item, event by event. */
class ItemRecord {
  readonly #properties = new SaidOfDays();
  /** By body and assessment, those last that were said or corrected last. */
  readonly #said = new Map<string, Map<string, Values>>();

  before({ after, assessment }: ItemChange, event: RecordedEvent<ItemEvent>): Values {
    if (assessment) {
      const said = this.#saidBy(assessment.bodyId);
      return (assessment.step === 'made' ? [...said.values()].at(-1) : said.get(assessment.assessmentId)) ?? {};
    }
    return this.#properties.hasBegun ? this.#properties.before(Object.keys(after), event) : {};
  }

  take({ after, assessment }: ItemChange, event: RecordedEvent<ItemEvent>): void {
    if (!assessment) {
      this.#properties.take(after, event);
      return;
    }
    const said = this.#saidBy(assessment.bodyId);
    said.delete(assessment.assessmentId);
    if (assessment.step !== 'withdrawn') said.set(assessment.assessmentId, after);
  }

  #saidBy(bodyId: string): Map<string, Values> {
    const said = this.#said.get(bodyId) ?? new Map<string, Values>();
    this.#said.set(bodyId, said);
    return said;
  }
}
