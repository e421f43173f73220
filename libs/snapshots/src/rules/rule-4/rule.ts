import type { RecordedEvent, TimeSlices } from '#kernel';
import type { Snapshot } from '../../format/snapshot.js';
import { rule3 } from '../rule-3/rule.js';
import type { SnapshotFold, SnapshotOfFold, SnapshotRule, SnapshotSubject } from '../snapshot-rule.js';
import { CancelledIndicators, cancelsOfIndicator, indicatorTypes } from './cancelled-indicators.js';
import { correctedTypes, CorrectedDecisions, isCorrectedDecision } from './corrected-decisions.js';
import { correctionTypes, isOfOrganisation, Organisation } from './organisation.js';
import { isOfMeasure, Measures } from './measures.js';
import { changeTypes, isBegun, isChange, RoundChanges } from './round-changes.js';
import { isTakingBack, takesBackFor, TakenBack, takingBackTypes } from './taken-back.js';
import { Scales, tellsOfScales } from './scales.js';
import { isOfRevision, revisionTypes, WholeRevisions } from './whole-revisions.js';

/**
 * Rule 4 tells a decision over many items whole or not at all, tells what was changed in a round, lets a body's own deadline
 * say what was late, passes over cancelled rounds, tells bodies, groups and formal decisions as they were corrected, and tells
 * nothing of what was taken back. It counts every item once, by the version of the scale that it was judged on, tells values in
 * the definition that they are of, and compares those alone that measure the same. It is what differs from rule 3, and stands
 * as still as that: snapshots were made by it.
 */
export const rule4: SnapshotRule = {
  version: 4,
  reads: [
    ...rule3.reads,
    ...revisionTypes,
    ...changeTypes,
    ...correctionTypes,
    ...takingBackTypes,
    ...correctedTypes,
    ...indicatorTypes,
  ],
  // A claim says nothing of what an item has.
  ignores: [...rule3.ignores, 'NumberClaimed'],
  concerns: (event, planId) => {
    if (isOfOrganisation(event) || isCorrectedDecision(event)) return true;
    if (isTakingBack(event)) return takesBackFor(event, planId);
    const isOfPlan = isOfRevision(event) || isChange(event) || cancelsOfIndicator(event);
    return isOfPlan ? event.data['planId'] === planId : rule3.concerns(event, planId);
  },
  begin: (subject) => new Rule4Fold(subject),
};

/** Which the next rule stands on. */
export class Rule4Fold implements SnapshotFold {
  readonly #revisions = new WholeRevisions();
  readonly #changes: RoundChanges;
  readonly #organisation = new Organisation();
  readonly #scales = new Scales();
  readonly #measures = new Measures();
  readonly #takenBack = new TakenBack();
  readonly #decisions = new CorrectedDecisions();
  readonly #indicators = new CancelledIndicators();

  /** @param earlier hears what is told in the words of rule 3, and makes of it what that does */
  constructor(
    private readonly subject: SnapshotSubject,
    private readonly earlier: SnapshotFold = rule3.begin(subject),
  ) {
    this.#changes = new RoundChanges(subject.roundId);
  }

  take(event: RecordedEvent): void {
    if (isCorrectedDecision(event)) return this.#decisions.correct(event);
    if (cancelsOfIndicator(event)) return this.#indicators.take(event);
    const told = this.#decisions.take(event);
    this.#indicators.hear(told);
    if (isOfOrganisation(told)) this.#organisation.take(told);
    else for (const each of this.#revisions.take(told)) this.#takenBack.take(each);
  }

  async result(slices: TimeSlices): Promise<SnapshotOfFold> {
    for (const told of this.#organisation.told()) this.earlier.take(told);
    for (const told of this.#revisions.left()) this.#takenBack.take(told);
    for (const each of this.#takenBack.left()) {
      const told = this.#indicators.told(each);
      if (told) this.#tell(told);
      if (slices.isOver) await slices.next();
    }
    const { snapshot, unknown } = await this.earlier.result(slices);
    const changed = this.#changes.tell(snapshot);
    if (slices.isOver) await slices.next();
    const counted = this.#scales.tell(changed);
    if (slices.isOver) await slices.next();
    const told = this.#measures.tell(counted, valuesUpTo(snapshot, this.subject));
    return { snapshot: { ...told, rule: 4 }, unknown };
  }

  #tell(event: RecordedEvent): void {
    if (tellsOfScales(event)) this.#scales.take(event);
    if (isOfMeasure(event)) this.#measures.take(event);
    if (isBegun(event)) this.#changes.begin(event);
    const told = isChange(event) ? this.#changes.take(event) : event;
    if (told) this.earlier.take(told);
  }
}

/** Up to which day what was recorded of indicators counts, as the earlier rules have it. */
export function valuesUpTo({ round: { deadline } }: Snapshot, { bound }: SnapshotSubject): string {
  const frozenOn = bound?.metadata.effectiveOn;
  if (frozenOn === undefined) return '9999-12-31';
  return frozenOn > deadline ? frozenOn : deadline;
}
