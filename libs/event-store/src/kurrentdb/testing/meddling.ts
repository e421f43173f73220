import { binaryEvent, jsonEvent, KurrentDBClient } from '@kurrent/kurrentdb-client';
import type { JSONType } from '@kurrent/kurrentdb-client';
import type { Meddling } from '../../testing/index.js';

/** Does to a log what any other client of the server may do to it, until it is told to end. */
export function meddleOverTheProtocol(url: string) {
  const client = KurrentDBClient.connectionString(url);
  return {
    write: async (stream: string, events: readonly Meddling[]) => {
      await client.appendToStream(
        stream,
        events.map(({ data, metadata, type }) =>
          data instanceof Uint8Array
            ? binaryEvent({ type, data })
            : jsonEvent({ type, data: data as JSONType, metadata: metadata as Record<string, unknown> }),
        ),
      );
    },
    trim: async (stream: string, before: number) => {
      await client.setStreamMetadata(stream, { truncateBefore: before });
    },
    removeStream: async (stream: string) => {
      await client.deleteStream(stream);
    },
    endStream: async (stream: string) => {
      await client.tombstoneStream(stream);
    },
    end: () => client.dispose(),
  };
}
