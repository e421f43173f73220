import {
  jsonEvent,
  MaxAppendSizeExceededError,
  NO_STREAM,
  StreamDeletedError,
  WrongExpectedVersionError,
} from '@kurrent/kurrentdb-client';
import type { AppendResult as Appended } from '@kurrent/kurrentdb-client';
import { AppendTooLarge, LogDamaged, RevisionMismatch, within } from '#kernel';
import type { EventEnvelope } from '#kernel';
import { appendSize } from '../append-size.js';
import type { ExpectedRevision } from '../event-store.port.js';
import type { Connection, Line } from './connection.js';

const encoder = new TextEncoder();

/**
 * Appends, and once more where the connection broke before the answer came. That is safe: the server knows the same
 * ids at the same place, answers as it did the first time, and stores nothing.
 * @param maySend throws where it must not be sent; asked before each time
 * @throws RevisionMismatch, AppendTooLarge, StoreUnavailable, StoreRefused, and what `maySend` throws
 */
export function append(
  connection: Connection,
  stream: string,
  events: readonly EventEnvelope[],
  expected: ExpectedRevision,
  deadline: number,
  maySend: () => void,
): Promise<Appended> {
  return connection.ask({ right: 'append', on: stream, deadline }, async (line, left) => {
    maySend();
    return send(line, stream, events, expected, left);
  });
}

/** The one place that appends: with an option of another name the client would append without any expectation. */
async function send(
  { caller, client }: Line,
  stream: string,
  events: readonly EventEnvelope[],
  expected: ExpectedRevision,
  deadline: number,
): Promise<Appended> {
  const streamState = expected === 'no-stream' ? NO_STREAM : BigInt(expected);
  try {
    const appending = client.appendToStream(stream, events.map(messageOf), { ...caller, streamState, deadline });
    return await within(deadline, appending);
  } catch (error) {
    if (error instanceof WrongExpectedVersionError) throw new RevisionMismatch(stream, expected, actualIn(error));
    if (error instanceof StreamDeletedError) {
      throw new LogDamaged({ stream, awaited: expected === 'no-stream' ? 0 : expected + 1, found: undefined });
    }
    if (error instanceof MaxAppendSizeExceededError) {
      // It may be set to take less than it is shipped with.
      throw new AppendTooLarge(stream, appendSize(events), error.maxAppendSize);
    }
    throw error;
  }
}

/** As bytes the metadata goes through the client at a fifth less of its work than as an object, and is the same JSON. */
const messageOf = ({ data, id, metadata, type }: EventEnvelope) =>
  jsonEvent({ id, type, data, metadata: encoder.encode(JSON.stringify(metadata)) });

const actualIn = ({ actualState }: WrongExpectedVersionError) =>
  typeof actualState === 'bigint' ? Number(actualState) : actualState === NO_STREAM ? 'no-stream' : undefined;
