import { encodedCheckpoint, encodedConfirmation, encodedEvent, encodedStreamNotFound, nameOf } from './messages.mjs';
import { grpc } from './protocol.mjs';

/** Events that a server looks at between two checkpoints, times the interval that the client asks for. */
const checkpointWindow = 32;

/** Answers a read, or keeps a subscription going until either side ends it. */
export async function read(log, call, subscriptions, limits) {
  const options = call.request.getOptions();
  try {
    if (options.hasSubscription()) await subscribe(log, call, options, subscriptions, limits);
    else if (options.hasStream()) await readStream(log, call, options);
    else await readAll(log, call, options);
  } catch (error) {
    fail(call, grpc.status.UNKNOWN, error.message);
  }
}

async function readStream(log, call, options) {
  const wanted = options.getStream();
  const name = nameOf(wanted.getStreamIdentifier());
  const records = log.stream(name);
  if (records.length === 0) {
    call.write(encodedStreamNotFound(name));
    return call.end();
  }
  const backwards = options.getReadDirection() === 1;
  const from = wanted.hasRevision() ? Number(wanted.getRevision()) : wanted.hasEnd() ? records.length - 1 : 0;
  const chosen = backwards ? records.slice(0, from + 1).reverse() : records.slice(from);
  for (const record of chosen.slice(0, countIn(options))) await send(call, encodedEvent(record, structured(options)));
  call.end();
}

async function readAll(log, call, options) {
  const matches = matcherOf(options);
  const from = options.getAll();
  const records = log.readable;
  const backwards = options.getReadDirection() === 1;
  // A position to read from is included when reading forwards, and left out when reading backwards.
  const at = from.hasPosition()
    ? log.indexAt(Number(from.getPosition().getCommitPosition()))
    : from.hasEnd()
      ? records.length
      : 0;
  const end = records.length;
  if (from.hasPosition() && records[at]?.position !== Number(from.getPosition().getCommitPosition())) {
    return fail(call, grpc.status.UNAVAILABLE, 'No such position');
  }
  let left = countIn(options);
  for (let index = backwards ? at - 1 : at; left > 0 && index >= 0 && index < end; index += backwards ? -1 : 1) {
    if (!matches(records[index])) continue;
    left--;
    await send(call, encodedEvent(records[index], structured(options)));
    if (call.cancelled) return;
  }
  call.end();
}

async function subscribe(log, call, options, subscriptions, { mute, slowConsumerLimit }) {
  const matches = matcherOf(options);
  const from = options.getAll();
  // A position to subscribe from is left out.
  let index = from.hasPosition()
    ? log.indexAt(Number(from.getPosition().getCommitPosition()) + 1)
    : from.hasEnd()
      ? log.readable.length
      : 0;
  const filter = options.getFilter();
  const checkpointEvery = filter ? checkpointWindow * (filter.getCheckpointintervalmultiplier() || 1) : Infinity;
  let looked = 0;
  let live = false;
  subscriptions.add(call);
  call.on('cancelled', () => subscriptions.delete(call));
  // Only once it follows the log live does a server give up on a reader that does not keep up.
  const tooSlow = () => {
    if (live && log.readable.length - index > slowConsumerLimit) {
      abort(call, subscriptions, grpc.status.ABORTED, 'Consumer too slow');
    }
  };
  log.on('grown', tooSlow);
  try {
    await send(call, encodedConfirmation());
    while (subscriptions.has(call)) {
      if (index >= log.readable.length) {
        live = true;
        await nextOf([log, 'grown'], [call, 'cancelled'], [call, 'close'], [call, 'aborted']);
        continue;
      }
      if (mute.has(call)) return await nextOf([call, 'cancelled'], [call, 'close'], [call, 'aborted']);
      const record = log.readable[index++];
      if (matches(record)) await send(call, encodedEvent(record, structured(options)));
      if (++looked % checkpointEvery === 0) await send(call, encodedCheckpoint(record.position));
    }
  } finally {
    subscriptions.delete(call);
    log.off('grown', tooSlow);
  }
}

/** Ends a subscription as a server does that has lost it: with an error, and nothing after it. */
export function abort(call, subscriptions, code, details) {
  subscriptions.delete(call);
  fail(call, code, details);
  call.emit('aborted');
}

function fail(call, code, details) {
  if (!call.cancelled && !call.destroyed) call.emit('error', { code, details });
}

/** Sends, and waits where the reader does not keep up. */
async function send(call, message) {
  if (call.write(message) || call.cancelled || call.destroyed) return;
  await nextOf([call, 'drain'], [call, 'cancelled'], [call, 'close'], [call, 'aborted']);
}

/** Resolves at the first of several events. */
function nextOf(...sources) {
  return new Promise((resolve) => {
    const first = () => {
      for (const [source, event] of sources) source.off(event, first);
      resolve();
    };
    for (const [source, event] of sources) source.on(event, first);
  });
}

const structured = (options) => options.getUuidOption()?.hasStructured() ?? false;
const countIn = (options) => (options.hasCount() ? Number(options.getCount()) : Infinity);

function matcherOf(options) {
  const filter = options.getFilter();
  if (!filter) return () => true;
  const expression = filter.getStreamIdentifier() ?? filter.getEventType();
  const property = filter.hasStreamIdentifier() ? 'stream' : 'type';
  const prefixes = expression.getPrefixList();
  if (prefixes.length > 0) return (record) => prefixes.some((prefix) => record[property].startsWith(prefix));
  const pattern = new RegExp(expression.getRegex());
  return (record) => pattern.test(record[property]);
}
