import { comesAfter, copied, dayInSweden, placeOf, withStep } from '#kernel';
import type { DatedSeries, DatedStep, Place, RecordedEvent } from '#kernel';
import type { ItemEvent, PlanEvent, Values } from '#planning';

type Of = Pick<RecordedEvent, 'metadata'>;

/** Whether an event spoke of a day that was still to come when it was recorded. */
export const wasToCome = ({ metadata: { effectiveOn, recordedAt } }: Of): boolean =>
  effectiveOn > dayInSweden(new Date(recordedAt));

/** What says of which day something holds. */
export type EventOfDays = ItemEvent | Extract<PlanEvent, { type: 'PlanAdopted' | 'PlanAmended' }>;

/** The place of what an event says. What a plan is adopted with holds on whichever day nothing else was said of. */
const placeOfSaid = ({ metadata, type }: RecordedEvent<EventOfDays>): Place =>
  type === 'PlanAdopted' ? { since: '' } : placeOf(metadata);

/** What was said of properties of which days, event by event: what an event changes is what counted before it. */
export class SaidOfDays {
  readonly #series = new Map<string, DatedSeries<unknown>>();

  /** Whether anything was said yet. */
  get hasBegun(): boolean {
    return this.#series.size > 0;
  }

  /** What holds of some properties just before an event takes effect; `null` where nothing had been said of one. */
  before(names: readonly string[], event: RecordedEvent<EventOfDays>): Values {
    return Object.fromEntries(names.map((name) => [name, this.#stepBefore(name, event)?.value ?? null]));
  }

  /** The same without those of which nothing had been said. Of what is said anew from the beginning, what was said last. */
  knownBefore(names: readonly string[], event: RecordedEvent<EventOfDays>): Values {
    const steps = names.map((name) => {
      const known = event.type === 'PlanAdopted' ? this.#series.get(name)?.at(-1) : this.#stepBefore(name, event);
      return [name, known] as const;
    });
    return Object.fromEntries(steps.flatMap(([name, step]) => (step ? [[name, step.value]] : [])));
  }

  /** What never came into force is passed over, and what was said later. */
  #stepBefore(name: string, event: RecordedEvent<EventOfDays>): DatedStep<unknown> | undefined {
    const { effectiveOn: day } = event.metadata;
    const place = placeOfSaid(event);
    // What takes back changes what was said, whether or not that had come into force.
    const passesOver = wasToCome(event) && event.type !== 'ItemRevisionRetracted';
    return this.#series.get(name)?.findLast((one) => !comesAfter(one, place) && !(passesOver && one.since >= day));
  }

  take(after: Values, event: RecordedEvent<EventOfDays>): void {
    // What was said of a plan that was cancelled is gone with it.
    if (event.type === 'PlanAdopted') this.#series.clear();
    if (event.type === 'ItemRevisionRetracted') {
      const { revisions } = event.data;
      for (const [name, series] of this.#series) {
        this.#series.set(
          name,
          series.filter(({ revision }) => !revisions.includes(revision)),
        );
      }
      return;
    }
    const { revision } = event;
    for (const [name, value] of Object.entries(after)) {
      const step = { ...placeOfSaid(event), revision, value };
      this.#series.set(name, withStep(this.#series.get(name) ?? [], step, copied));
    }
  }
}

/** An event of an item or a plan, and what it says of which properties. */
interface Saying {
  readonly event: RecordedEvent<EventOfDays>;
  readonly after: Values;
}

/**
 * The event that had taken the place of all that another said before that took effect: which so never came into force.
 * @param later the events after it, in the order of the record
 */
export function overtakenBy({ after, event }: Saying, later: readonly Saying[]): string | undefined {
  if (!wasToCome(event)) return undefined;
  const day = event.metadata.effectiveOn;
  const left = new Set(Object.keys(after));
  for (const { after: said, event: next } of later) {
    if (dayInSweden(new Date(next.metadata.recordedAt)) >= day) return undefined;
    if (next.type === 'ItemRevisionRetracted') {
      if (next.data.revisions.includes(event.revision)) return next.id;
    } else if (left.size > 0 && next.metadata.effectiveOn === day) {
      for (const name of Object.keys(said)) left.delete(name);
      if (left.size === 0) return next.id;
    }
  }
  return undefined;
}
