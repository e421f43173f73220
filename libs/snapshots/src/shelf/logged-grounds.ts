import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE } from '#deciding';
import type { EventStore } from '#event-store';
import { streamName } from '#kernel';
import type { StoredEvent } from '#kernel';
import { currentRule } from '#rounds';
import type { IssueGrounds, RoundEvent } from '#rounds';
import { snapshotRules } from '../rules/snapshot-rules.js';

const pageSize = 1_000;

/** What is told of issues themselves, and says nothing of what they report. */
const ofIssues: readonly string[] = [
  'RoundReminded',
  'SnapshotReissued',
  'SnapshotRecorded',
  'RoundDecided',
] satisfies RoundEvent['type'][];

/** What snapshots rest on, as the log tells. It reads up to the first event that a new issue would tell of. */
@Injectable()
export class LoggedGrounds implements IssueGrounds {
  constructor(@Inject(EVENT_STORE) private readonly log: Pick<EventStore, 'readAll' | 'readStream'>) {}

  async haveChanged(tenant: string, roundId: string): Promise<boolean> {
    const events = await this.log.readStream(streamName(tenant, 'round', roundId));
    const newest = events.findLast(({ type }) => type === 'RoundFrozen' || type === 'SnapshotReissued');
    if (!newest || newest.data['rule'] !== currentRule) return true;
    const planId = newest.data['planId'] as string;
    for (let after = newest.position; ;) {
      const page = await this.log.readAll({ tenant, after, limit: pageSize });
      if (page.length === 0) return false;
      if (page.some((event) => isTold(event, planId))) return true;
      after = page.at(-1)!.position;
    }
  }
}

/** Whether the rule that makes issues now reads an event of a plan. */
function isTold(event: StoredEvent, planId: string): boolean {
  const rule = snapshotRules[currentRule]!;
  return rule.reads.includes(event.type) && !ofIssues.includes(event.type) && rule.concerns(event, planId);
}
