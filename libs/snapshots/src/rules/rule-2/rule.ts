import type { RecordedEvent, TimeSlices } from '#kernel';
import { coverageOf } from '../rule-1/coverage.content.js';
import type { AnyEvent } from '../rule-1/fact.js';
import { concerns, Log, readTypes } from '../rule-1/log.js';
import { snapshotOf } from '../rule-1/rule.js';
import type { SnapshotFold, SnapshotOfFold, SnapshotRule, SnapshotSubject } from '../snapshot-rule.js';
import { Holds } from './holds.js';
import type { HoldEvent } from './holds.js';
import { withHoldRevisions } from './revisions.content.js';
import { withHoldCounts } from './totals.content.js';

const holdTypes = ['ItemHeld', 'ItemResumed'] as const satisfies readonly HoldEvent['type'][];

/**
 * Rule 2 tells which items were on hold on the reference date, and owes no assessment of them. It is what differs from
 * rule 1, and stands as still as that: snapshots were made by it.
 */
export const rule2: SnapshotRule = {
  version: 2,
  reads: [...readTypes, ...holdTypes],
  // A reminder, a recorded snapshot and a decision on one say nothing of how the plan stands; the others nothing of a plan.
  ignores: [
    'RoundReminded',
    'SnapshotRecorded',
    'RoundDecided',
    'CommandChangedNothing',
    'ProjectionEventSkipped',
    'LogAccepted',
    'ProjectionRebuiltDespiteDamage',
  ],
  concerns: (event, planId) => (isHold(event) ? event.data['planId'] === planId : concerns(event, planId)),
  begin: (subject) => new Rule2Fold(subject),
};

class Rule2Fold implements SnapshotFold {
  readonly #log = new Log();
  /** How many events were taken: their places in rule 1's log. */
  #taken = 0;
  readonly #holds = new Holds();

  constructor(private readonly subject: SnapshotSubject) {}

  take(event: RecordedEvent): void {
    this.#taken++;
    this.#log.take(event as RecordedEvent<AnyEvent>);
    if (isHold(event)) this.#holds.take(event, this.#taken);
  }

  async result(slices: TimeSlices): Promise<SnapshotOfFold> {
    const { frame, planItemIds, snapshot, unknown } = await snapshotOf(this.#log, this.subject, slices);
    const items = snapshot.items.map((item) => ({ ...item, hold: this.#holds.of(item, frame) }));
    await slices.next();
    const totals = withHoldCounts(snapshot.totals, items);
    await slices.next();
    const revisions = withHoldRevisions(snapshot.revisions, this.#holds, planItemIds, frame);
    const asked = items.filter(({ hold }) => hold === undefined);
    const coverage = await coverageOf(frame, asked, slices);
    return { snapshot: { ...snapshot, rule: 2, totals, items, revisions, coverage }, unknown };
  }
}

const isHold = (event: { readonly type: string }): event is RecordedEvent<HoldEvent> =>
  (holdTypes as readonly string[]).includes(event.type);
