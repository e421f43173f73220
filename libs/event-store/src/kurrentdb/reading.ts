import { Buffer } from 'node:buffer';
import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import type { ReadResp } from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import { internalsOf } from './client-internals.js';
import type { Line } from './connection.js';
import type { ReadRequest } from './read-request.js';
import type { Resolved } from './recorded.js';

/**
 * What a read gives, as it comes; nothing of a stream that does not exist. It goes over the connection of the appends,
 * and asks the leader: what was acknowledged is read.
 * @throws what the connection or the server fails with
 */
export async function* read({ caller, client }: Line, request: ReadRequest): AsyncGenerator<Resolved, void, undefined> {
  const { callArguments, execute } = internalsOf(client);
  // The deadline is the caller's: how long the server may be silent, not how long a read may take.
  const call = await execute(streamsService.StreamsClient, 'read', async (stub) =>
    stub.read(request, ...callArguments(caller, { deadline: Infinity })),
  );
  // A read that was left early is told of its end once more.
  call.on('error', () => {});
  try {
    for await (const response of call as AsyncIterable<ReadResp>) {
      if (response.hasEvent()) yield resolvedOf(response);
    }
  } finally {
    call.cancel();
  }
}

function resolvedOf(response: ReadResp): Resolved {
  const recorded = response.getEvent()!.getEvent();
  if (!recorded) return {};
  const about = recorded.getMetadataMap();
  const data = recorded.getData_asU8();
  const commit = BigInt(recorded.getCommitPosition());
  return {
    event: {
      id: recorded.getId()!.getString(),
      type: about.get('type') ?? '',
      data: about.get('content-type') === 'application/json' ? jsonIn(data) : data,
      metadata: jsonIn(recorded.getCustomMetadata_asU8()),
      streamId: textOf(recorded.getStreamIdentifier()!.getStreamName_asU8()),
      revision: BigInt(recorded.getStreamRevision()),
      position: { commit, prepare: BigInt(recorded.getPreparePosition()) },
    },
  } as Resolved;
}

/** What bytes say as JSON; the bytes themselves where they are none. */
function jsonIn(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(textOf(bytes));
  } catch {
    return bytes;
  }
}

const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
