import type { RecordedEvent } from '#kernel';
import type { ItemEvent } from '#planning';

export const takingBackTypes = [
  'ItemRevisionRetracted',
  'AssessmentReinstated',
] as const satisfies readonly ItemEvent['type'][];

type TakingBack = RecordedEvent<Extract<ItemEvent, { type: (typeof takingBackTypes)[number] }>>;

export const isTakingBack = (event: { readonly type: string }): event is TakingBack =>
  (takingBackTypes as readonly string[]).includes(event.type);

/** Whether it takes something back of a plan: its items may be the successors of those of others. */
export const takesBackFor = ({ data }: TakingBack, planId: string): boolean =>
  data.planId === planId || ('successor' in data && data.successor !== undefined);

/**
 * Holds what the log tells until all of it is there, since only then it is known what was taken back. Of revisions that were,
 * nothing is told; a withdrawal that was leaves the assessment standing, recorded when it came to stand again.
 */
export class TakenBack {
  readonly #events: RecordedEvent[] = [];
  /** By stream, the revisions of it that were taken back. */
  readonly #gone = new Map<string, Set<number>>();

  take(event: RecordedEvent): void {
    if (!isTakingBack(event)) this.#events.push(event);
    else if (event.type === 'AssessmentReinstated') this.#events.push(madeAgain(event));
    else this.#takeBack(event);
  }

  /** What is left of what has come, in the words of earlier rules. Told once. */
  *left(): Generator<RecordedEvent, void, undefined> {
    for (const event of this.#events.splice(0)) {
      if (!this.#gone.get(event.stream)?.has(event.revision)) yield event;
    }
  }

  #takeBack({ data, stream }: TakingBack & { readonly type: 'ItemRevisionRetracted' }): void {
    const gone = this.#gone.get(stream) ?? new Set();
    for (const revision of data.revisions) gone.add(revision);
    this.#gone.set(stream, gone);
  }
}

function madeAgain(event: TakingBack & { readonly type: 'AssessmentReinstated' }): RecordedEvent {
  const { reason: _, ...made } = event.data;
  return { ...event, type: 'ItemAssessed', data: made };
}
