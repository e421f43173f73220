import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { ReadResp, StreamIdentifier, UUID } from './protocol.mjs';

export const streamIdentifier = (name) => {
  const identifier = new StreamIdentifier();
  identifier.setStreamName(Buffer.from(name));
  return identifier;
};

export const nameOf = (identifier) => Buffer.from(identifier.getStreamName_asU8()).toString();

/** A recorded event as it goes over the wire. Encoded once, since a log is read more often than it is written. */
export function encodedEvent(record, structuredId) {
  const form = structuredId ? 'encodedStructured' : 'encoded';
  return (record[form] ??= Buffer.from(eventMessage(record, structuredId).serializeBinary()));
}

function eventMessage(
  { contentType = 'application/json', created, data, id, metadata, position, revision, stream, type },
  structuredId,
) {
  const recorded = new ReadResp.ReadEvent.RecordedEvent();
  recorded.setId(structuredId ? structuredUuid(id) : textUuid(id));
  recorded.setStreamIdentifier(streamIdentifier(stream));
  recorded.setStreamRevision(String(revision));
  recorded.setCommitPosition(String(position));
  recorded.setPreparePosition(String(position));
  recorded.setData(data);
  recorded.setCustomMetadata(metadata);
  recorded
    .getMetadataMap()
    .set('type', type)
    .set('content-type', contentType)
    // In ticks of 100 nanoseconds.
    .set('created', String(created * 10_000));
  const event = new ReadResp.ReadEvent();
  event.setEvent(recorded);
  event.setCommitPosition(String(position));
  const response = new ReadResp();
  response.setEvent(event);
  return response;
}

export function encodedConfirmation() {
  const confirmation = new ReadResp.SubscriptionConfirmation();
  confirmation.setSubscriptionId(randomUUID());
  const response = new ReadResp();
  response.setConfirmation(confirmation);
  return Buffer.from(response.serializeBinary());
}

export function encodedCheckpoint(position) {
  const checkpoint = new ReadResp.Checkpoint();
  checkpoint.setCommitPosition(String(position));
  checkpoint.setPreparePosition('0');
  const response = new ReadResp();
  response.setCheckpoint(checkpoint);
  return Buffer.from(response.serializeBinary());
}

export function encodedStreamNotFound(name) {
  const notFound = new ReadResp.StreamNotFound();
  notFound.setStreamIdentifier(streamIdentifier(name));
  const response = new ReadResp();
  response.setStreamNotFound(notFound);
  return Buffer.from(response.serializeBinary());
}

const textUuid = (id) => {
  const uuid = new UUID();
  uuid.setString(id);
  return uuid;
};

function structuredUuid(id) {
  const digits = id.replaceAll('-', '');
  const structured = new UUID.Structured();
  structured.setMostSignificantBits(signed(digits.slice(0, 16)));
  structured.setLeastSignificantBits(signed(digits.slice(16)));
  const uuid = new UUID();
  uuid.setStructured(structured);
  return uuid;
}

const signed = (digits) => String(BigInt.asIntN(64, BigInt(`0x${digits}`)));
