import streamsService from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_grpc_pb.js';
import { internalsOf } from './client-internals.js';
import type { Line } from './connection.js';
import type { ReadRequest } from './read-request.js';
import { resolvedIn } from './read-response.js';
import type { Resolved } from './recorded.js';

const { StreamsClient, StreamsService } = streamsService;

/**
 * What a read gives, as it comes; nothing of a stream that does not exist. It goes over the connection of the appends,
 * and asks the leader: what was acknowledged is read.
 * @throws what the connection or the server fails with
 */
export async function* read({ caller, client }: Line, request: ReadRequest): AsyncGenerator<Resolved, void, undefined> {
  const { callArguments, execute } = internalsOf(client);
  const { path, requestSerialize } = StreamsService.read;
  // The deadline is the caller's: how long the server may be silent, not how long a read may take.
  const [metadata, options] = callArguments(caller, { deadline: Infinity });
  const call = await execute(StreamsClient, 'read', async (stub) =>
    stub.makeServerStreamRequest(path, requestSerialize, resolvedIn, request, metadata, options),
  );
  // A read that was left early is told of its end once more.
  call.on('error', () => {});
  try {
    for await (const resolved of call as AsyncIterable<Resolved>) {
      if (resolved.event) yield resolved;
    }
  } finally {
    call.cancel();
  }
}
