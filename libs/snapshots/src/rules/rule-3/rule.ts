import type { RecordedEvent, TimeSlices } from '#kernel';
import type { RoundFrozen, RoundMissingListed } from '#rounds';
import { rule2 } from '../rule-2/rule.js';
import type { SnapshotFold, SnapshotOfFold, SnapshotRule, SnapshotSubject } from '../snapshot-rule.js';

const listed = 'RoundMissingListed';

/**
 * Rule 3 tells what was missing at the freeze also where the list stands in events before it. It is what differs from rule 2,
 * and stands as still as that: snapshots were made by it.
 */
export const rule3: SnapshotRule = {
  version: 3,
  reads: [...rule2.reads, listed],
  ignores: rule2.ignores,
  concerns: (event, planId) =>
    event.type === listed ? event.data['planId'] === planId : rule2.concerns(event, planId),
  begin: (subject) => new Rule3Fold(subject),
};

class Rule3Fold implements SnapshotFold {
  readonly #rule2: SnapshotFold;
  /** The parts of lists, by round. */
  readonly #parts = new Map<string, RoundMissingListed['data'][]>();

  constructor(subject: SnapshotSubject) {
    this.#rule2 = rule2.begin(subject);
  }

  take(event: RecordedEvent): void {
    if (event.type === listed) {
      const part = event.data as RoundMissingListed['data'];
      // A list begins anew with its first part.
      const before = part.part === 1 ? [] : (this.#parts.get(part.roundId) ?? []);
      this.#parts.set(part.roundId, [...before, part]);
    } else {
      this.#rule2.take(event.type === 'RoundFrozen' ? this.#withList(event as RecordedEvent<RoundFrozen>) : event);
    }
  }

  async result(slices: TimeSlices): Promise<SnapshotOfFold> {
    const { snapshot, unknown } = await this.#rule2.result(slices);
    return { snapshot: { ...snapshot, rule: 3 }, unknown };
  }

  #withList(event: RecordedEvent<RoundFrozen>): RecordedEvent<RoundFrozen> {
    const { data } = event;
    if (data.missing.length > 0) return event;
    const { byBody, parts } = data.lacking;
    const list = new Map<string, string[]>(byBody.map(({ bodyId }) => [bodyId, []]));
    for (const { bodies, items } of parts === 0 ? [] : (this.#parts.get(data.roundId) ?? []).slice(-parts)) {
      for (const { bodyId, items: ranges } of bodies) {
        const itemIds = list.get(bodyId) ?? [];
        for (const [from, to] of ranges) itemIds.push(...items.slice(from, to + 1));
        list.set(bodyId, itemIds);
      }
    }
    const missing = [...list].map(([bodyId, itemIds]) => ({ bodyId, itemIds }));
    return { ...event, data: { ...data, missing } };
  }
}
