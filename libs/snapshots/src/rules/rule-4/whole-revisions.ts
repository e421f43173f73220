import type { RecordedEvent } from '#kernel';
import type { RevisionCarriedOut, RevisionDecided } from '#planning';

export const revisionTypes = ['RevisionDecided', 'RevisionCarriedOut'] as const;

type RevisionEvent = RecordedEvent<RevisionDecided | RevisionCarriedOut>;

export const isOfRevision = (event: { readonly type: string }): event is RevisionEvent =>
  (revisionTypes as readonly string[]).includes(event.type);

/** That an event decides or closes what is told whole: which one, by its id. */
export interface Turn {
  readonly id: string;
  readonly isDecided: boolean;
}

const turnOfRevision = (event: RecordedEvent): Turn | undefined =>
  isOfRevision(event) ? { id: event.data.revisionId, isDecided: event.type === 'RevisionDecided' } : undefined;

/**
 * Lets a decision over many items be told whole or not at all. What it led to is held back until all of it was carried out,
 * and whatever was recorded of the same items after that too, so that each is told in order; a freeze that came in between
 * is one before the decision.
 */
export class WholeRevisions {
  /** By the event that decided a revision: the revision. */
  readonly #underWay = new Map<string, string>();
  /** By revision: what is held back until it is closed. */
  readonly #held = new Map<string, RecordedEvent[]>();
  /** By stream: the revision that it waits for. */
  readonly #waiting = new Map<string, string>();

  /** @param turnOf tells what decides, and what closes */
  constructor(private readonly turnOf: (event: RecordedEvent) => Turn | undefined = turnOfRevision) {}

  /** @returns what can be told now, in order */
  take(event: RecordedEvent): readonly RecordedEvent[] {
    const turn = this.turnOf(event);
    if (turn) return this.#turn(event, turn);
    const { causationId } = event.metadata;
    const revision = this.#underWay.get(causationId) ?? this.#waiting.get(event.stream);
    if (revision === undefined) return [event];
    this.#waiting.set(event.stream, revision);
    this.#held.get(revision)!.push(event);
    return [];
  }

  /** What others had recorded of items that wait for a revision which was never closed up to here. Told once. */
  left(): readonly RecordedEvent[] {
    const left = [...this.#held.values()].flat().filter(({ metadata }) => !this.#underWay.has(metadata.causationId));
    this.#held.clear();
    this.#waiting.clear();
    return left;
  }

  #turn(event: RecordedEvent, { id: revisionId, isDecided }: Turn): readonly RecordedEvent[] {
    if (isDecided) {
      this.#underWay.set(event.id, revisionId);
      this.#held.set(revisionId, []);
      return [];
    }
    const held = this.#held.get(revisionId) ?? [];
    this.#held.delete(revisionId);
    for (const [decided, revision] of this.#underWay) if (revision === revisionId) this.#underWay.delete(decided);
    for (const [stream, revision] of this.#waiting) if (revision === revisionId) this.#waiting.delete(stream);
    return held;
  }
}
