import type { Channel } from '@grpc/grpc-js';
import type { KurrentDBClient } from '@kurrent/kurrentdb-client';
import { ConnectionChanged } from '../connection-changed.js';

/** As gRPC numbers the states of a channel. */
const ready = 2;
const shutDown = 4;

/** The client has its channel, and tells of it in all but its types. */
interface WithChannel {
  getChannel(): Promise<Channel>;
}

/**
 * Counts the connections that were lost, also those that the client makes anew without a word: a channel tells that it
 * has lost one before it makes the next.
 */
export class Connections {
  #lost = 0;
  #watched: Channel | undefined;

  constructor(private readonly client: KurrentDBClient) {}

  get lost(): number {
    return this.#lost;
  }

  /** Resolves when the channel that the client uses now is watched. */
  async attend(): Promise<void> {
    const channel = await (this.client as unknown as WithChannel).getChannel();
    if (channel === this.#watched) return;
    this.#watched = channel;
    this.#watch(channel);
  }

  /** @throws ConnectionChanged where one was lost since so many had been */
  require(lost: number | undefined): void {
    if (lost !== undefined && lost !== this.#lost) throw new ConnectionChanged();
  }

  #watch(channel: Channel): void {
    const state: number = channel.getConnectivityState(false);
    if (state === shutDown) return;
    channel.watchConnectivityState(state, Infinity, () => {
      if (state === ready) this.#lost++;
      this.#watch(channel);
    });
  }
}
