import { setTimeout as pause } from 'node:timers/promises';
import { encodedCheckpoint, encodedConfirmation, encodedEvent, encodedStreamNotFound, nameOf } from './messages.mjs';
import { grpc } from './protocol.mjs';
import { invalidPosition, streamDeleted } from './refusals.mjs';

/** Events that a server looks at between two checkpoints, times the interval that the client asks for. */
const checkpointWindow = 32;

/** Answers a read, or keeps a subscription going until either side ends it. */
export async function read(log, call, subscriptions, limits, access) {
  const options = call.request.getOptions();
  try {
    const refused = access.refusalOf(call) ?? access.denialOf(call, ...askedOf(options));
    if (refused) return fail(call, refused);
    if (options.hasSubscription()) await subscribe(log, call, options, subscriptions, limits);
    else if (options.hasStream()) await readStream(log, call, options);
    else await readAll(log, call, options, limits);
  } catch (error) {
    fail(call, { code: grpc.status.UNKNOWN, details: error.message });
  }
}

/** Which call it is, and of which stream. */
function askedOf(options) {
  if (options.hasStream()) return ['read', nameOf(options.getStream().getStreamIdentifier())];
  return [options.hasSubscription() ? 'subscribe' : 'readAll', '$all'];
}

async function readStream(log, call, options) {
  const wanted = options.getStream();
  const name = nameOf(wanted.getStreamIdentifier());
  if (log.isTombstoned(name)) return fail(call, streamDeleted(name));
  const records = log.stream(name);
  if (records.length === 0) {
    call.write(encodedStreamNotFound(name));
    return call.end();
  }
  const backwards = options.getReadDirection() === 1;
  const from = wanted.hasRevision() ? Number(wanted.getRevision()) : wanted.hasEnd() ? Infinity : 0;
  const chosen = backwards
    ? records.filter(({ revision }) => revision <= from).reverse()
    : records.filter(({ revision }) => revision >= from);
  for (const record of chosen.slice(0, countIn(options))) await send(call, encodedEvent(record, structured(options)));
  call.end();
}

async function readAll(log, call, options, limits) {
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
  if (from.hasPosition() && !log.holds(Number(from.getPosition().getCommitPosition()))) {
    return fail(call, invalidPosition());
  }
  let left = countIn(options);
  for (let index = backwards ? at - 1 : at; left > 0 && index >= 0 && index < end; index += backwards ? -1 : 1) {
    limits.looked++;
    if (!matches(records[index])) {
      if (limits.scanMilliseconds > 0) await pause(limits.scanMilliseconds);
      continue;
    }
    left--;
    await send(call, encodedEvent(records[index], structured(options)));
    if (call.cancelled) return;
  }
  call.end();
}

async function subscribe(log, call, options, subscriptions, limits) {
  const { mute, slowConsumerLimit } = limits;
  const matches = matcherOf(options);
  const from = options.getAll();
  const start = from.hasPosition() ? Number(from.getPosition().getCommitPosition()) : undefined;
  // A position beyond the end is waited for; one inside of a record never comes.
  const inside = start !== undefined && !log.holds(start) && start < (log.readable.at(-1)?.position ?? 0);
  if (inside) return fail(call, invalidPosition());
  // A position to subscribe from is left out.
  const first = start === undefined ? 0 : start + 1;
  let last = from.hasEnd() ? (log.readable.at(-1)?.position ?? 0) : first - 1;
  const filter = options.getFilter();
  const checkpointEvery = filter ? checkpointWindow * (filter.getCheckpointintervalmultiplier() || 1) : Infinity;
  let looked = 0;
  let live = false;
  subscriptions.add(call);
  limits.begun++;
  call.on('cancelled', () => subscriptions.delete(call));
  // Only once it follows the log live does a server give up on a reader that does not keep up.
  const tooSlow = () => {
    if (live && log.readable.length - log.indexAt(last + 1) > slowConsumerLimit) {
      abort(call, subscriptions, grpc.status.ABORTED, 'Consumer too slow');
    }
  };
  log.on('grown', tooSlow);
  try {
    await send(call, encodedConfirmation());
    while (subscriptions.has(call)) {
      // By position, since a scavenge takes events away.
      const record = log.readable[log.indexAt(last + 1)];
      if (!record) {
        live = true;
        await nextOf([log, 'grown'], [call, 'cancelled'], [call, 'close'], [call, 'aborted']);
        continue;
      }
      if (mute.has(call)) return await nextOf([call, 'cancelled'], [call, 'close'], [call, 'aborted']);
      last = record.position;
      limits.looked++;
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
  fail(call, { code, details });
  call.emit('aborted');
}

export function fail(call, status) {
  if (!call.cancelled && !call.destroyed) call.emit('error', status);
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
