import { dayInSweden } from '#kernel';
import type { RecordedEvent } from '#kernel';
import type { RoundEvent } from '#rounds';
import type { AssessmentContent, BodyCoverage, ItemContent, RoundAmendment, Snapshot } from '../../format/snapshot.js';

export const changeTypes = [
  'RoundAmended',
  'RoundCancelled',
  'BodyDeadlineExtended',
  'BodyExtensionRecalled',
] as const satisfies readonly RoundEvent['type'][];

type Of<Type extends RoundEvent['type']> = RecordedEvent<Extract<RoundEvent, { type: Type }>>;
type Change = Of<(typeof changeTypes)[number]>;
type Begun = Of<'RoundPlanned' | 'RoundOpened'>;
type Content = Partial<Of<'RoundPlanned'>['data']> & Of<'RoundOpened'>['data'];

export const isBegun = (event: { readonly type: string }): event is Begun =>
  event.type === 'RoundPlanned' || event.type === 'RoundOpened';
export const isChange = (event: { readonly type: string }): event is Change =>
  (changeTypes as readonly string[]).includes(event.type);

/** The earlier rules pass over a round that speaks of a later day than the one that they tell of. */
const neverComes = '9999-12-31';

/** What the log told of the days of rounds after they were planned or opened. */
export class RoundChanges {
  readonly #begun = new Map<string, { readonly event: Begun; readonly content: Content }>();
  readonly #amendments: RoundAmendment[] = [];
  /** By body, up to which day it may assess for longer than the others. */
  readonly #extensions = new Map<string, string>();

  /** @param roundId the round that the snapshot tells of */
  constructor(private readonly roundId: string) {}

  begin(event: Begun): void {
    const { roundId } = event.data;
    this.#begun.set(roundId, { event, content: { ...this.#begun.get(roundId)?.content, ...event.data } });
  }

  /** @returns the round as it has been since, in the words of an earlier rule; undefined where that has none */
  take(event: Change): Begun | undefined {
    const { roundId } = event.data;
    const isTold = roundId === this.roundId;
    switch (event.type) {
      case 'RoundAmended': {
        const { planId: _plan, reason, roundId: _round, ...after } = event.data;
        if (isTold) {
          const { effectiveOn, recordedAt } = event.metadata;
          this.#amendments.push({ effectiveOn, recordedAt, reason, before: this.#before(roundId, after), after });
        }
        return this.#since(roundId, after);
      }
      case 'RoundCancelled':
        return isTold ? undefined : this.#since(roundId, { referenceDate: neverComes });
      case 'BodyDeadlineExtended':
        if (isTold) this.#extensions.set(event.data.bodyId, event.data.deadline);
        return undefined;
      case 'BodyExtensionRecalled':
        if (isTold) this.#extensions.delete(event.data.bodyId);
        return undefined;
    }
  }

  /** What a snapshot says with them: what was late is told by the body's own last day. */
  tell(snapshot: Snapshot): Snapshot {
    const { coverage, items, round } = snapshot;
    const amendments = this.#amendments;
    return {
      ...snapshot,
      round: { ...round, ...(amendments.length > 0 && { amendments }) },
      items: this.#extensions.size > 0 ? items.map((item) => this.#timed(item, round.deadline)) : items,
      coverage: { ...coverage, bodies: coverage.bodies.map((body) => this.#timedBody(body, round.deadline)) },
    };
  }

  #since(roundId: string, changed: Partial<Content>): Begun | undefined {
    const known = this.#begun.get(roundId);
    if (!known) return undefined;
    const content = { ...known.content, ...changed };
    const event = { ...known.event, data: content } as Begun;
    this.#begun.set(roundId, { event, content });
    return event;
  }

  #before(roundId: string, after: RoundAmendment['after']): RoundAmendment['before'] {
    const known: Partial<Content> = this.#begun.get(roundId)?.content ?? {};
    return Object.fromEntries(Object.keys(after).map((property) => [property, known[property as keyof Content]]));
  }

  #timed(item: ItemContent, deadline: string): ItemContent {
    const timed = (one: AssessmentContent): AssessmentContent => ({
      ...one,
      afterDeadline: this.#isAfter(one.recordedAt, one.body.bodyId, deadline),
    });
    return { ...item, status: item.status && timed(item.status), contributions: item.contributions.map(timed) };
  }

  #timedBody(body: BodyCoverage, deadline: string): BodyCoverage {
    const { bodyId } = body.body;
    const extended = this.#extensions.get(bodyId);
    if (extended === undefined) return body;
    const { ready } = body;
    return {
      ...body,
      deadline: extended > deadline ? extended : undefined,
      ready: ready && { ...ready, afterDeadline: this.#isAfter(ready.recordedAt, bodyId, deadline) },
    };
  }

  #isAfter(recordedAt: string, bodyId: string, ofAll: string): true | undefined {
    const extended = this.#extensions.get(bodyId) ?? ofAll;
    return dayInSweden(new Date(recordedAt)) > (extended > ofAll ? extended : ofAll) || undefined;
  }
}
