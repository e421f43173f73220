import { MongoError, MongoInvalidArgumentError, MongoServerError } from 'mongodb';
import { StoreUnavailable } from '#kernel';

/** What the server answers to a request that it will not take, however often it comes. */
const wrongRequests: readonly (string | number | undefined)[] = [
  2, // BadValue
  9, // FailedToParse
  14, // TypeMismatch
  52, // DollarPrefixedFieldName
  57, // DottedFieldName
  59, // CommandNotFound
  72, // InvalidOptions
  73, // InvalidNamespace
  121, // DocumentValidationFailure
];

const duplicateKey = 11_000;
const namespaceNotFound = 26;

/** What the driver and the server throw, as callers of the port know it. */
export function asPortError(error: unknown): unknown {
  if (isOfSocket(error)) return new StoreUnavailable('document store', error);
  if (!(error instanceof MongoError) || error instanceof MongoInvalidArgumentError) return error;
  if (error instanceof MongoServerError && wrongRequests.includes(error.code)) return error;
  return new StoreUnavailable('document store', error);
}

/** The driver passes on what Node says of a connection that ends in the moment in which it is written to. */
function isOfSocket(error: unknown): boolean {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === 'string' && /^(E[A-Z]+|ERR_(STREAM|SOCKET)_[A-Z_]+)$/.test(code);
}

/** Whether a write was refused because there is a document of that `_id`. */
export function isIdTaken(code: unknown, message: string | undefined): boolean {
  return code === duplicateKey && /index: (\S*\$)?_id_/.test(message ?? '');
}

/** Whether what was to be removed or listed is not there. */
export function isNoCollection(error: unknown): boolean {
  return error instanceof MongoServerError && (error.code === namespaceNotFound || error.message === 'ns not found');
}
