import type { CallOptions, Channel, Metadata } from '@grpc/grpc-js';
import type { BaseOptions, KurrentDBClient } from '@kurrent/kurrentdb-client';

/**
 * What the client keeps for itself by its types alone, and what a read needs that shall go over the connection of the
 * appends: the client's own `readStream` and `readAll` make another one, in a native library.
 */
interface Internals {
  /** The client's one channel. */
  getChannel(this: void): Promise<Channel>;
  /** Runs a call on the stub of a service, over the client's one channel. */
  execute<Stub, Answer>(
    this: void,
    service: new (...parameters: never[]) => Stub,
    name: string,
    action: (stub: Stub) => Promise<Answer>,
  ): Promise<Answer>;
  /** What the server said of itself when the client first asked. */
  readonly capabilities: Promise<{ readonly serverVersion: string }>;
  /** The metadata and the options of a call. Without a deadline of its own a call ends after ten seconds. */
  callArguments(
    this: void,
    options: BaseOptions,
    callOptions?: { readonly deadline?: number },
  ): [Metadata, CallOptions];
}

export const internalsOf = (client: KurrentDBClient): Internals => client as unknown as Internals;

/** Lets go of the channel of a client, which its own `dispose` leaves open. Calls that are under way end as they may. */
export async function closeChannel(client: KurrentDBClient): Promise<void> {
  (await internalsOf(client).getChannel()).close();
}
