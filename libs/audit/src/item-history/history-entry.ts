import { provenanceOf } from '#kernel';
import type { Actor, FormalDecision, Provenance, RecordedEvent, StoredEvent } from '#kernel';
import { changeOf } from '#planning';
import type { ItemChange, ItemEvent, Values } from '#planning';

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
  /** What the record said before; empty for what is new. */
  readonly before: Values;
}

/**
 * What happened to an item, from what to what.
 * @param events all of one item, in the order of the record: what one leaves is what the next one finds
 */
export function entriesOf(events: readonly RecordedEvent<ItemEvent>[]): HistoryEntry[] {
  const record = new ItemRecord();
  return events.map((event) => {
    const change = changeOf(event);
    const before = record.before(change);
    record.take(change);
    return { ...headOf(event), type: event.type, about: change.about, before, after: change.after };
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
  /** Undefined until it was adopted. */
  #properties: Values | undefined;
  /** By body and assessment, those last that were said or corrected last. */
  readonly #said = new Map<string, Map<string, Values>>();

  before({ after, assessment }: ItemChange): Values {
    if (assessment) {
      const said = this.#saidBy(assessment.bodyId);
      return (assessment.step === 'made' ? [...said.values()].at(-1) : said.get(assessment.assessmentId)) ?? {};
    }
    if (this.#properties === undefined) return {};
    return Object.fromEntries(Object.keys(after).map((name) => [name, this.#properties?.[name] ?? null]));
  }

  take({ after, assessment }: ItemChange): void {
    if (!assessment) {
      this.#properties = { ...this.#properties, ...after };
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
