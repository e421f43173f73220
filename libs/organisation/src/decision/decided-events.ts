import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE } from '#deciding';
import { pagesOfStream } from '#event-store';
import type { EventStore } from '#event-store';
import { dayInSweden, NotFound, streamName } from '#kernel';
import type { FormalDecision, StoredEvent } from '#kernel';
import type { DecidedEvent } from './decision.decider.js';
import type { DecidedCategory } from './decision.events.js';

/** Where an event stands. */
interface Place {
  readonly tenant: string;
  readonly category: DecidedCategory;
  readonly subjectId: string;
  readonly eventId: string;
}

const pageSize = 500;
const onSnapshot = 'RoundDecided';

/** Finds events by their ids in the stream of what they are about. */
@Injectable()
export class DecidedEvents {
  constructor(@Inject(EVENT_STORE) private readonly eventStore: Pick<EventStore, 'readStream'>) {}

  /** @throws NotFound where nothing of that id was recorded there with a formal decision */
  async find({ category, eventId, subjectId, tenant }: Place): Promise<DecidedEvent> {
    const stream = streamName(tenant, category, subjectId);
    /** By the number of an issue: the day on which it was asked for. */
    const issued = new Map<unknown, string>();
    for await (const page of pagesOfStream(this.eventStore, stream, { limit: pageSize })) {
      for (const event of page) {
        const { decision } = event.metadata;
        if (event.id === eventId && decision) return decidedEvent(event, decision, issued);
        if (event.type === 'RoundFrozen' || event.type === 'SnapshotReissued') {
          issued.set(event.data['issue'], dayInSweden(new Date(event.metadata.recordedAt)));
        }
      }
    }
    throw new NotFound('decision', eventId);
  }
}

function decidedEvent(
  { data, metadata: { effectiveOn }, type }: StoredEvent,
  decision: FormalDecision,
  issued: ReadonlyMap<unknown, string>,
): DecidedEvent {
  const { issue, planId } = data;
  const issuedOn = type === onSnapshot ? issued.get(issue) : undefined;
  return {
    effectiveOn,
    ...(typeof planId === 'string' && { planId }),
    decision,
    ...(issuedOn !== undefined && { issuedOn }),
  };
}
