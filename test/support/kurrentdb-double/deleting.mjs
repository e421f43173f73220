import { expectedIn } from './appending.mjs';
import { anyRevision } from './double-log.mjs';
import { nameOf } from './messages.mjs';
import { DeleteResp, TombstoneResp } from './protocol.mjs';
import { streamDeleted, wrongExpectedVersion } from './refusals.mjs';

/** Deletes a stream: softly, so that `no_stream` begins its second life. */
export const deleteStream = (log, call, access, answer) => end(log, call, access, answer, 'delete', DeleteResp);

/** Ends a stream for good. */
export const tombstoneStream = (log, call, access, answer) =>
  end(log, call, access, answer, 'tombstone', TombstoneResp);

function end(log, call, access, answer, way, Response) {
  const stream = nameOf(call.request.getOptions().getStreamIdentifier());
  const refused = access.refusalOf(call) ?? access.denialOf(call, way, stream);
  if (refused) return answer(refused);
  const expected = expectedIn(call.request.getOptions());
  const current = log.revisionOf(stream);
  if (expected !== anyRevision && expected !== current) return answer(wrongExpectedVersion(stream, expected, current));
  void log[way](stream).then(({ deleted, position }) => {
    if (deleted) return answer(streamDeleted(stream));
    const at = new Response.Position();
    at.setCommitPosition(String(position));
    at.setPreparePosition(String(position));
    const response = new Response();
    response.setPosition(at);
    answer(null, response);
  });
}
