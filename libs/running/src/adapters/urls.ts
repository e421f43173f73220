/** Why a URL cannot name a log, without repeating it: it may hold a password. */
export async function faultOfEventStoreUrl(url: string): Promise<string | undefined> {
  if (isFile(url)) return undefined;
  if (/^(kurrentdb|kurrent|esdb|kdb)(\+discover)?:/.test(url)) {
    return (await import('#event-store/kurrentdb')).faultOfKurrentUrl(url);
  }
  return 'must be sqlite: and a file, or begin with kurrentdb://, kurrentdb+discover:// or esdb://';
}

/** Why a URL cannot name documents, without repeating it. */
export async function faultOfDocumentStoreUrl(url: string): Promise<string | undefined> {
  if (isFile(url)) return undefined;
  if (/^mongodb(\+srv)?:/.test(url)) return (await import('#document-store/mongodb')).faultOfMongoUrl(url);
  return 'must be sqlite: and a file, or begin with mongodb:// or mongodb+srv://';
}

/** Why a URL cannot name a queue of jobs, without repeating it. */
export const faultOfJobsUrl = (url: string): string | undefined =>
  /^rediss?:\/\/./.test(url) ? undefined : 'must be redis:// and a host, or not be set';

/** Whether a URL names a SQLite file. */
export const isFile = (url: string): boolean => /^sqlite:.+/.test(url);
