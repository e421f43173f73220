import { MongoBulkWriteError, MongoServerError } from 'mongodb';

/** What the server answers to a request that it will not take, however often it comes. */
export const wrongCodes: readonly unknown[] = [
  2, // BadValue
  9, // FailedToParse
  14, // TypeMismatch
  52, // DollarPrefixedFieldName
  57, // DottedFieldName
  59, // CommandNotFound
  67, // CannotCreateIndex
  72, // InvalidOptions
  73, // InvalidNamespace
  85, // IndexOptionsConflict
  86, // IndexKeySpecsConflict
  121, // DocumentValidationFailure
  197, // InvalidIndexSpecificationOption
];

/** What it answers to somebody who may not do what was asked. */
export const refusedCodes: readonly unknown[] = [
  11, // UserNotFound
  13, // Unauthorized
  18, // AuthenticationFailed
  8000, // how a hosted server tells that it does not know somebody
];

/** What it answers where others had what was asked for at that moment: nothing was done, and it may be asked again at once. */
export const repeatableCodes: readonly unknown[] = [
  48, // NamespaceExists: somebody else made the collection meanwhile
  112, // WriteConflict, and how others tell of a deadlock
  117, // ConflictingOperationInProgress
];

/** And what it answers where others make, replace or remove indexes or their collection at the same time. */
export const indexesMovedCodes: readonly unknown[] = [
  ...repeatableCodes,
  26, // NamespaceNotFound
  27, // IndexNotFound
  85, // IndexOptionsConflict
  86, // IndexKeySpecsConflict
  276, // IndexBuildAborted
  12_586, // BackgroundOperationInProgressForDatabase
  12_587, // BackgroundOperationInProgressForNamespace
];

/** What it answers where a unique index, which that of `_id` is, refuses a document. */
export const duplicateKey = 11_000;
const namespaceNotFound = 26;

/** The codes of all that a server said of one request, of each write of it too. */
export function codesOf(error: unknown): readonly unknown[] {
  if (error instanceof MongoBulkWriteError) return [error.code, ...[error.writeErrors].flat().map(({ code }) => code)];
  return error instanceof MongoServerError ? [error.code] : [];
}

/** What it answers of one document that it will not keep, however often it is sent: for its form, its indexes or a validator. */
const unkeepableCodes: readonly unknown[] = [
  15, // Overflow
  22, // InvalidBSON
  52, // DollarPrefixedFieldName
  53, // InvalidIdField
  56, // EmptyFieldName
  57, // DottedFieldName
  121, // DocumentValidationFailure
  171, // CannotIndexParallelArrays
  10_334, // BSONObjectTooLarge
  16_755, // what a geospatial index cannot hold
  17_280, // KeyTooLong
];

/** Which of the documents of a write a server will never keep, by its place among them, and the code that says so. */
export function unkeepableOf(error: unknown): { readonly index: number; readonly code: unknown } | undefined {
  if (error instanceof MongoBulkWriteError) {
    return [error.writeErrors].flat().find(({ code }) => unkeepableCodes.includes(code));
  }
  return error instanceof MongoServerError && unkeepableCodes.includes(error.code)
    ? { index: 0, code: error.code }
    : undefined;
}

/** Whether a write was refused by a unique index. */
export const isDuplicate = (error: unknown): boolean => codesOf(error).includes(duplicateKey);

/** By which fields a write was refused; undefined where the server does not tell. */
export function duplicateFieldsOf(error: unknown): readonly string[] | undefined {
  if (!(error instanceof MongoServerError)) return undefined;
  const told: unknown = error['keyPattern'] ?? error['keyValue'];
  return typeof told === 'object' && told !== null ? Object.keys(told) : undefined;
}

/** Whether what was to be removed or listed is not there. */
export function isNoCollection(error: unknown): boolean {
  return error instanceof MongoServerError && (error.code === namespaceNotFound || error.message === 'ns not found');
}
