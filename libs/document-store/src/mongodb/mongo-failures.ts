import {
  MongoCompatibilityError,
  MongoError,
  MongoInvalidArgumentError,
  MongoServerError,
  MongoServerSelectionError,
} from 'mongodb';
import { StoreRefused, StoreUnavailable } from '#kernel';
import type { Attempt, Refusal } from '#kernel';
import { causesOf, explanationOf, socketCodeOf } from './connection-faults.js';
import type { Explanation } from './connection-faults.js';
import type { HeardServers } from './heard-servers.js';
import { codesOf, refusedCodes, repeatableCodes, wrongCodes } from './server-codes.js';

const store = 'document store';

/**
 * What the driver and the server throw, as callers of the port know it. The words of either are told to nobody: they may
 * repeat what was sent.
 * @param servers what they last said of themselves, which tells why none of them could be asked
 */
export function failureOf(error: unknown, attempt: Attempt, servers: HeardServers): unknown {
  const causes = causesOf(error);
  if (causes.some((cause) => codesOf(cause).some((code) => refusedCodes.includes(code)))) {
    return new StoreRefused(store, refusalOf(causes, attempt), error);
  }
  if (isMistake(error)) return error;
  const { reason, words } = explained(error, causes, servers);
  return new StoreUnavailable(store, error, reason, words);
}

/** Whether it is neither the server's nor the connection's: the same request would meet it again. */
function isMistake(error: unknown): boolean {
  if (socketCodeOf(error) !== undefined) return false;
  if (!(error instanceof MongoError) || error instanceof MongoInvalidArgumentError) return true;
  return error instanceof MongoServerError && codesOf(error).some((code) => wrongCodes.includes(code));
}

/** A right is missing only where somebody has signed in: a server that knows nobody lets nobody do anything. */
function refusalOf(causes: readonly unknown[], attempt: Attempt): Refusal {
  const unauthorized = causes.some((cause) => codesOf(cause).includes(13));
  return unauthorized && attempt.user !== undefined ? attempt : { right: 'sign-in', user: attempt.user };
}

function explained(error: unknown, causes: readonly unknown[], servers: HeardServers): Explanation {
  if (causes.some((cause) => codesOf(cause).some((code) => repeatableCodes.includes(code)))) {
    return { reason: 'busy', words: 'others have what was asked for, each time that it was tried' };
  }
  if (error instanceof MongoCompatibilityError) {
    return { reason: 'unknown', words: 'the server is of a version that this version of Spårbar does not speak to' };
  }
  if (error instanceof MongoServerSelectionError) return servers.whyNone() ?? explanationOf(error, 'the server');
  return explanationOf(error, 'the server');
}
