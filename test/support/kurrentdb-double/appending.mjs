import { anyRevision, maxAppendBytes, noStream } from './double-log.mjs';
import { nameOf, streamIdentifier } from './messages.mjs';
import {
  AllStreamPosition,
  AppendResp,
  BatchAppendResp,
  Empty,
  grpc,
  MaximumAppendSizeExceeded,
  WrongExpectedVersion,
} from './protocol.mjs';
import { accessDenied, packed, streamDeleted } from './refusals.mjs';

/** Many appends over one call, each answered under the correlation id that it came with. */
export function batchAppend(log, call, faults, access) {
  const refused = access.refusalOf(call);
  if (refused) return void call.emit('error', refused);
  const open = new Map();
  call.on('data', (request) => {
    const correlation = request.getCorrelationId();
    const key = correlation.getString();
    const append = open.get(key) ?? { options: request.getOptions(), events: [] };
    open.set(key, append);
    append.events.push(...request.getProposedMessagesList().map(eventOf));
    if (!request.getIsFinal()) return;
    open.delete(key);
    const stream = nameOf(append.options.getStreamIdentifier());
    const denied = access.denialOf(call, 'append', stream);
    const appended = denied
      ? Promise.resolve({ denied })
      : log.append(stream, expectedIn(append.options), append.events);
    void appended.then((outcome) => {
      if (faults.loseAnswer()) return lose(call);
      if (!call.cancelled && !call.destroyed) call.write(batchAnswer(correlation, stream, append.options, outcome));
    });
  });
  call.on('end', () => call.end());
  call.on('error', () => {});
}

/** One append over one call. */
export function append(log, call, faults, access, answer) {
  const refused = access.refusalOf(call);
  if (refused) return answer(refused);
  let options;
  const events = [];
  call.on('data', (request) => {
    if (request.hasOptions()) options = request.getOptions();
    else events.push(eventOf(request.getProposedMessage()));
  });
  call.on('end', () => {
    const stream = nameOf(options.getStreamIdentifier());
    if (access.denialOf(call, 'append', stream)) return answer(accessDenied());
    void log.append(stream, expectedIn(options), events).then((outcome) => {
      if (faults.loseAnswer()) return answer({ code: grpc.status.UNAVAILABLE, details: 'Connection dropped' });
      if (outcome.deleted) return answer(streamDeleted(stream));
      if (outcome.tooLarge) return answer(tooLargeError());
      answer(null, singleAnswer(options, outcome));
    });
  });
}

const lose = (call) => call.emit('error', { code: grpc.status.UNAVAILABLE, details: 'Connection dropped' });

const eventOf = (message) => ({
  id: message.getId().getString(),
  type: message.getMetadataMap().get('type'),
  contentType: message.getMetadataMap().get('content-type'),
  data: message.getData_asU8(),
  metadata: message.getCustomMetadata_asU8(),
});

export function expectedIn(options) {
  if (options.hasNoStream()) return noStream;
  if (options.hasAny()) return anyRevision;
  return Number(options.hasStreamPosition?.() ? options.getStreamPosition() : options.getRevision());
}

function batchAnswer(correlation, stream, options, outcome) {
  const { conflict, deleted, denied, position, revision, tooLarge } = outcome;
  const response = new BatchAppendResp();
  response.setCorrelationId(correlation);
  response.setStreamIdentifier(streamIdentifier(stream));
  if (denied ?? deleted) {
    response.setError((denied ?? streamDeleted(stream)).packed);
  } else if (tooLarge) {
    const details = new MaximumAppendSizeExceeded();
    details.setMaxappendsize(maxAppendBytes);
    response.setError(packed(details, 'event_store.client.MaximumAppendSizeExceeded'));
  } else if (conflict !== undefined) {
    response.setError(packed(conflictDetails(options, conflict), 'event_store.client.WrongExpectedVersion'));
  } else {
    const at = new AllStreamPosition();
    at.setCommitPosition(String(position));
    at.setPreparePosition(String(position));
    const success = new BatchAppendResp.Success();
    success.setCurrentRevision(String(revision));
    success.setPosition(at);
    response.setSuccess(success);
  }
  return response;
}

function conflictDetails(options, conflict) {
  const details = new WrongExpectedVersion();
  if (conflict === noStream) details.setCurrentNoStream(new Empty());
  else details.setCurrentStreamRevision(String(conflict));
  if (options.hasNoStream()) details.setExpectedNoStream(new Empty());
  else details.setExpectedStreamPosition(options.getStreamPosition());
  return details;
}

function singleAnswer(options, { conflict, position, revision }) {
  const response = new AppendResp();
  if (conflict !== undefined) {
    const wrong = new AppendResp.WrongExpectedVersion();
    if (conflict === noStream) wrong.setCurrentNoStream(new Empty());
    else wrong.setCurrentRevision(String(conflict));
    if (options.hasNoStream()) wrong.setExpectedNoStream(new Empty());
    else wrong.setExpectedRevision(options.getRevision());
    response.setWrongExpectedVersion(wrong);
  } else {
    const at = new AppendResp.Position();
    at.setCommitPosition(String(position));
    at.setPreparePosition(String(position));
    const success = new AppendResp.Success();
    success.setCurrentRevision(String(revision));
    success.setPosition(at);
    response.setSuccess(success);
  }
  return response;
}

function tooLargeError() {
  const metadata = new grpc.Metadata();
  metadata.set('exception', 'maximum-append-size-exceeded');
  metadata.set('maximum-append-size', String(maxAppendBytes));
  return { code: grpc.status.INVALID_ARGUMENT, details: 'Maximum Append Size exceeded', metadata };
}
