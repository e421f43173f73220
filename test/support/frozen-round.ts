import { newId, RevisionMismatch, streamName } from '#kernel';
import type { DomainEvent, EventMetadata } from '#kernel';
import { currentRule, recordable } from '#rounds';
import type { Lacking } from '#rounds';
import type { Stores } from '#running/adapters';
import { eventCatalog } from '#running/contracts';
import { SnapshotWriter } from '#snapshots';
import type { SnapshotRecord } from '#snapshots';

/**
 * A double of the commands that freeze a round: it appends their events as the round's decider would decide on them.
 * @param at when they are recorded
 */
export class FrozenRound {
  readonly #catalog = eventCatalog();

  constructor(
    private readonly stores: Stores,
    private readonly tenant: string,
    private readonly roundId: string,
    private readonly planId: string,
    private readonly at: string,
  ) {}

  /** @param missing a list that stands in the event itself */
  freeze(missing: readonly Lacking[], override: string): Promise<void> {
    return this.#append('RoundFrozen', { issue: 1, rule: currentRule, ...recordable(missing).told, override });
  }

  reissue(issue: number, reason: string): Promise<void> {
    return this.#append('SnapshotReissued', { issue, rule: currentRule, replaces: issue - 1, reason });
  }

  report(bodyId: string): Promise<void> {
    return this.#append('BodyReported', { bodyId });
  }

  /** Makes the snapshot of an issue. */
  async make(issue: number): Promise<string> {
    const record = ({ bytes, rule, sha256, snapshotId }: SnapshotRecord) =>
      this.#append('SnapshotRecorded', { snapshotId, issue, rule, sha256, bytes });
    const { documentStore, eventStore } = this.stores;
    const writer = new SnapshotWriter(eventStore, documentStore, this.#catalog, record);
    return (await writer.make({ tenant: this.tenant, roundId: this.roundId, issue }))!.snapshotId;
  }

  /** A system that runs on the stores makes and records snapshots too: what it has recorded stands. */
  async #append(type: string, about: object): Promise<void> {
    const stream = streamName(this.tenant, 'round', this.roundId);
    const { eventStore } = this.stores;
    const before = await eventStore.readStream(stream);
    const { issue } = about as { readonly issue?: number };
    if (type === 'SnapshotRecorded' && before.some((event) => event.type === type && event.data['issue'] === issue))
      return;
    const { revision } = before.at(-1)!;
    const event: DomainEvent = { type, data: { roundId: this.roundId, planId: this.planId, ...about } };
    const { data, schema } = this.#catalog.encode(event);
    const id = newId();
    const metadata: EventMetadata = {
      ...{ tenant: this.tenant, schema, recordedAt: this.at, effectiveOn: this.at.slice(0, 10) },
      ...{ actor: { id: 'freezer', role: 'controller' }, commandId: id, commandDigest: '0' },
      ...{ correlationId: id, causationId: id },
    };
    try {
      await eventStore.append(stream, [{ id, type, data, metadata }], revision);
    } catch (error) {
      if (!(error instanceof RevisionMismatch)) throw error;
      await this.#append(type, about);
    }
  }
}
