import type { RecordedEvent, TimeSlices } from '#kernel';
import type { Snapshot } from '../../format/snapshot.js';
import { rule3 } from '../rule-3/rule.js';
import { isOfMeasure } from '../rule-4/measures.js';
import { isOfOrganisation } from '../rule-4/organisation.js';
import { isChange } from '../rule-4/round-changes.js';
import { rule4, Rule4Fold, valuesUpTo } from '../rule-4/rule.js';
import type { SnapshotFold, SnapshotOfFold, SnapshotRule, SnapshotSubject } from '../snapshot-rule.js';
import { WholeRevisions } from '../rule-4/whole-revisions.js';
import { BodyNames } from './body-names.js';
import { sourcesOf, withComputed } from './computed.content.js';
import type { Computing } from './computed.content.js';
import { cancellationTypes, CancelledItems, isCancellation } from './cancelled-items.js';
import { Content, isInvented, withProvenance } from './provenance.content.js';
import type { ToldOn } from './provenance.content.js';
import { isOfReorganisation, reorganisationTypes, turnOfReorganisation } from './reorganisations.js';
import { Provenances } from './provenances.js';
import type { ToldEvent } from './provenances.js';
import { Series } from './series.js';

/**
 * Rule 5 tells where what it tells comes from: who said it on which day and what proves it, where it is attested, and that it was
 * made up, where it was; and nothing of items that were cancelled. It tells a decision by which a body ends whole or not at all. It tells what indicators that are derived from others come to, and what women and men make together. It is
 * what differs from rule 4, and stands as still as that once a snapshot was made by it.
 */
export const rule5: SnapshotRule = {
  version: 5,
  reads: [...rule4.reads, ...cancellationTypes, ...reorganisationTypes],
  // A plan that was cancelled has no rounds; what a load records, and what is taken back of it, is told by what that is of.
  ignores: [
    ...rule4.ignores,
    'PlanCancelled',
    'LoadBegun',
    'LoadListed',
    'LoadRecorded',
    'LoadTakeBackDecided',
    'LoadTakenBack',
  ],
  concerns: (event, planId) =>
    isOfReorganisation(event) || (isCancellation(event) ? event.data.planId === planId : rule4.concerns(event, planId)),
  begin: (subject) => new Rule5Fold(subject),
};

/** What a rule tells in the words of its own. */
export interface Telling {
  readonly rule: number;
  /** Is told of what stands. */
  readonly hear?: (event: ToldEvent) => void;
  readonly content: (provenances: Provenances, on: ToldOn) => Content;
}

/** Which the next rule stands on. */
export class Rule5Fold implements SnapshotFold {
  readonly #rule4: SnapshotFold;
  readonly #reorganisations = new WholeRevisions(turnOfReorganisation);
  readonly #names = new BodyNames();
  readonly #provenances: Provenances;
  readonly #series = new Series();
  readonly #cancelled = new CancelledItems();

  constructor(
    private readonly subject: SnapshotSubject,
    private readonly telling: Telling = { rule: 5, content: (provenances, on) => new Content(provenances, on) },
  ) {
    this.#provenances = new Provenances(subject.roundId);
    const earlier = rule3.begin(subject);
    this.#rule4 = new Rule4Fold(subject, {
      take: (event) => {
        if (!this.#cancelled.tells(event)) return;
        this.#hear(event);
        earlier.take(event);
      },
      result: (slices) => earlier.result(slices),
    });
  }

  take(event: RecordedEvent): void {
    for (const told of this.#reorganisations.take(event)) this.#tell(told);
  }

  #tell(event: RecordedEvent): void {
    if (isCancellation(event)) return this.#cancelled.take(event);
    if (isChange(event) && event.type === 'RoundAmended') this.#provenances.amend(event);
    this.#rule4.take(event);
  }

  async result(slices: TimeSlices): Promise<SnapshotOfFold> {
    for (const told of this.#reorganisations.left()) this.#tell(told);
    const { snapshot, unknown } = await this.#rule4.result(slices);
    const { referenceDate } = snapshot.round;
    const on = { referenceDate, body: this.#names.on(referenceDate), valuesUpTo: valuesUpTo(snapshot, this.subject) };
    const content = this.telling.content(this.#provenances, on);
    const { missing, told: computed } = this.#withComputed(snapshot, on, content);
    const told = await withProvenance(computed, this.#provenances, content, slices);
    return {
      snapshot: { ...told, rule: this.telling.rule, invented: isInvented(told) || undefined },
      unknown: [...new Set([...unknown, ...missing])],
    };
  }

  /** What is left to tell once rule 4 has passed over what does not stand. */
  #hear(event: RecordedEvent): void {
    if (isOfOrganisation(event)) return this.#names.take(event);
    if (isOfMeasure(event)) this.#series.take(event);
    this.#provenances.take(event as ToldEvent);
    this.telling.hear?.(event as ToldEvent);
  }

  /** `missing` names the streams of what indicators of other plans tell. */
  #withComputed(snapshot: Snapshot, { valuesUpTo: day }: ToldOn, content: Content) {
    const known = new Map(
      snapshot.indicators.map(({ indicatorId }) => [indicatorId, this.#series.upTo(indicatorId, day)]),
    );
    const indicatorOf = (id: string) => {
      if (!known.has(id)) known.set(id, this.#series.upTo(id, day));
      return known.get(id);
    };
    const computing: Computing = {
      indicator: indicatorOf,
      nameOf: (id) => indicatorOf(id)?.name ?? id,
      whence: (measured) => content.of(measured),
    };
    const indicators = snapshot.indicators.map((one) => withComputed(one, indicatorOf(one.indicatorId)!, computing));
    const sources = snapshot.indicators.flatMap(({ indicatorId }) => sourcesOf(indicatorOf(indicatorId)!));
    const missing = sources.filter((id) => !indicatorOf(id)).map((id) => `indicator-${id}`);
    return { told: { ...snapshot, indicators }, missing };
  }
}
