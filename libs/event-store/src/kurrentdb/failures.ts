import { ErrorType } from '@kurrent/kurrentdb-client';
import { DomainError, StoreRefused, StoreUnavailable } from '#kernel';

/** A server took longer to answer than a caller should wait. What it was asked for may have been done. */
export class DeadlinePassed extends Error {
  constructor(milliseconds: number) {
    super(`No answer within ${milliseconds} ms`);
  }
}

/** Failures that the same request would meet again, whenever it is sent. */
const lasting: readonly unknown[] = [ErrorType.INVALID_ARGUMENT, ErrorType.STREAM_DELETED, ErrorType.UNSUPPORTED];

/**
 * What the rest of the code understands. The client reports a server that cannot be reached in many ways, some of them
 * without a type (raw gRPC errors, failed discovery): what is not known to last is taken as passing.
 */
export function failureOf(error: unknown): unknown {
  const mistake = error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;
  if (error instanceof DomainError || mistake || lasting.includes(typeOf(error))) return error;
  if (typeOf(error) === ErrorType.ACCESS_DENIED) {
    return new StoreRefused('event store', { right: 'read', on: 'what it was asked for', user: undefined }, error);
  }
  return new StoreUnavailable('event store', error);
}

/** Runs, with its failures as the rest of the code understands them. */
export async function answering<Answer>(work: () => Promise<Answer>): Promise<Answer> {
  try {
    return await work();
  } catch (error) {
    throw failureOf(error);
  }
}

export const typeOf = (error: unknown): unknown => (error instanceof Error && 'type' in error ? error.type : undefined);
