import { Inject, Injectable } from '@nestjs/common';
import { EVENT_STORE } from '#deciding';
import type { EventStore } from '#event-store';
import { streamName } from '#kernel';
import { roundIdOf } from './round.decider.js';

/** How a plan calls a round. */
interface KeyedRound {
  readonly tenant: string;
  readonly planId: string;
  readonly key: string;
}

/** Finds rounds by their keys for commands. */
@Injectable()
export class RoundKeys {
  constructor(@Inject(EVENT_STORE) private readonly eventStore: EventStore) {}

  /**
   * The id of the round that a command means by a key, by the log: the one that is called so and was not cancelled, or one that
   * is still to be. A command that a round has taken before it was cancelled is about that one, so that it finds its first answer
   * when it is repeated.
   */
  async idFor({ key, planId, tenant }: KeyedRound, commandId: string): Promise<string> {
    for (let nth = 1; ; nth++) {
      const id = roundIdOf(tenant, planId, key, nth);
      const events = await this.eventStore.readStream(streamName(tenant, 'round', id));
      const isCancelled = events.some(({ type }) => type === 'RoundCancelled');
      if (!isCancelled || events.some(({ metadata }) => metadata.commandId === commandId)) return id;
    }
  }
}
