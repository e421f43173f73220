import { say } from '#kernel';
import type { Said } from '#kernel';

/** Why a URL cannot name a log, without repeating it: it may hold a password. */
export async function faultOfEventStoreUrl(url: string): Promise<Said | undefined> {
  if (isFile(url)) return undefined;
  if (/^(kurrentdb|kurrent|esdb|kdb)(\+discover)?:/.test(url)) {
    return (await import('#event-store/kurrentdb')).faultOfKurrentUrl(url);
  }
  return isNoLog();
}

/** Why a URL cannot name documents, without repeating it. */
export async function faultOfDocumentStoreUrl(url: string): Promise<Said | undefined> {
  if (isFile(url)) return undefined;
  if (/^mongodb(\+srv)?:/.test(url)) return (await import('#document-store/mongodb')).faultOfMongoUrl(url);
  return areNoDocuments();
}

/** Why a URL cannot name a queue of jobs, without repeating it. */
export const faultOfJobsUrl = (url: string): Said | undefined => (/^rediss?:\/\/./.test(url) ? undefined : isNoQueue());

/** Whether a URL names a SQLite file. */
export const isFile = (url: string): boolean => /^sqlite:.+/.test(url);

/** The file that a URL names, where it names one. */
export const fileOf = (url: string): string => url.slice('sqlite:'.length);

const isNoLog = say(
  'must be sqlite: and a file, or begin with kurrentdb://, kurrentdb+discover:// or esdb://',
  'ska vara sqlite: och en fil, eller börja med kurrentdb://, kurrentdb+discover:// eller esdb://',
);
const areNoDocuments = say(
  'must be sqlite: and a file, or begin with mongodb:// or mongodb+srv://',
  'ska vara sqlite: och en fil, eller börja med mongodb:// eller mongodb+srv://',
);
const isNoQueue = say(
  'must be redis:// and a host, or not be set',
  'ska vara redis:// och en värd, eller inte vara satt',
);
