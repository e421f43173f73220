import { comesAfter, copied, dayInSweden, placeOf, withStep } from '#kernel';
import type { DatedSeries, RecordedEvent } from '#kernel';
import type { ItemEvent, Values } from '#planning';

type Of = Pick<RecordedEvent, 'metadata'>;

/** Whether an event spoke of a day that was still to come when it was recorded. */
export const wasToCome = ({ metadata: { effectiveOn, recordedAt } }: Of): boolean =>
  effectiveOn > dayInSweden(new Date(recordedAt));

/** What was said of properties of which days, event by event: what an event changes is what counted before it. */
export class SaidOfDays {
  readonly #series = new Map<string, DatedSeries<unknown>>();

  /** Whether anything was said yet. */
  get hasBegun(): boolean {
    return this.#series.size > 0;
  }

  /** What holds of some properties just before an event takes effect: what never came into force is passed over, and what was said later. */
  before(names: readonly string[], event: RecordedEvent<ItemEvent>): Values {
    const { effectiveOn: day } = event.metadata;
    const place = placeOf(event.metadata);
    // What takes back changes what was said, whether or not that had come into force.
    const passesOver = wasToCome(event) && event.type !== 'ItemRevisionRetracted';
    const inForce = (name: string) => {
      const series = this.#series.get(name) ?? [];
      const step = series.findLast((one) => !comesAfter(one, place) && !(passesOver && one.since >= day));
      return step?.value ?? null;
    };
    return Object.fromEntries(names.map((name) => [name, inForce(name)]));
  }

  take(after: Values, event: RecordedEvent<ItemEvent>): void {
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
    const { metadata, revision } = event;
    for (const [name, value] of Object.entries(after)) {
      const step = { ...placeOf(metadata), revision, value };
      this.#series.set(name, withStep(this.#series.get(name) ?? [], step, copied));
    }
  }
}

/** An event of an item, and what it says of which properties. */
interface Saying {
  readonly event: RecordedEvent<ItemEvent>;
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
