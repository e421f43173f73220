import { Buffer } from 'node:buffer';
import { describe, expect, it } from '@jest/globals';
import streams from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/streams_pb.js';
import shared from '@kurrent/kurrentdb-client/generated/kurrentdb/protocols/v1/shared_pb.js';
import fc from 'fast-check';
import { resolvedIn } from './read-response.js';

const { ReadResp } = streams;

const json = fc.jsonValue().filter((value) => JSON.stringify(value) !== undefined);
const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
const recorded = fc.record({
  id: fc.uuid(),
  streamId: fc.string({ unit: 'grapheme', minLength: 1 }),
  type: fc.string({ unit: 'grapheme', minLength: 1 }),
  revision: uint64,
  commit: uint64,
  prepare: uint64,
  data: json,
  metadata: json,
});

describe('What a read is answered with', () => {
  it('says the same as the generated messages of the protocol, whatever is recorded', () => {
    fc.assert(
      fc.property(recorded, ({ commit, data, id, metadata, prepare, revision, streamId, type }) => {
        const event = new ReadResp.ReadEvent.RecordedEvent();
        const uuid = new shared.UUID();
        uuid.setString(id);
        const identifier = new shared.StreamIdentifier();
        identifier.setStreamName(Buffer.from(streamId));
        event.setId(uuid);
        event.setStreamIdentifier(identifier);
        event.setStreamRevision(String(revision));
        event.setCommitPosition(String(commit));
        event.setPreparePosition(String(prepare));
        event.setData(Buffer.from(JSON.stringify(data)));
        event.setCustomMetadata(Buffer.from(JSON.stringify(metadata)));
        event.getMetadataMap().set('type', type).set('content-type', 'application/json').set('created', '1');
        const readEvent = new ReadResp.ReadEvent();
        readEvent.setEvent(event);
        readEvent.setCommitPosition(String(commit));
        const response = new ReadResp();
        response.setEvent(readEvent);
        const { event: resolved } = resolvedIn(response.serializeBinary());
        const expected = { id, streamId, type, revision, position: { commit, prepare } };
        const parsed = [JSON.parse(JSON.stringify(data)), JSON.parse(JSON.stringify(metadata))] as unknown[];
        expect(resolved).toEqual({ ...expected, data: parsed[0], metadata: parsed[1] });
      }),
    );
  });

  it('gives nothing where it is no event', () => {
    const notFound = new ReadResp();
    notFound.setStreamNotFound(new ReadResp.StreamNotFound());
    const end = new ReadResp();
    end.setLastStreamPosition('7');
    for (const response of [notFound, end, new ReadResp()]) {
      expect(resolvedIn(response.serializeBinary())).toEqual({});
    }
  });
});
