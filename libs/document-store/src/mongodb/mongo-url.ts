import { accessSync, constants } from 'node:fs';
import { MongoClient } from 'mongodb';

const defaultDatabase = 'sparbar';

/** The database that the path of a URL names; `sparbar` where it names none. */
export function databaseOf(url: string): string {
  const path = /^mongodb(?:\+srv)?:\/\/[^/?]+\/([^?]+)/.exec(url)?.[1];
  return path ? decodeURIComponent(path) : defaultDatabase;
}

/**
 * Why a URL cannot name a document store, without repeating it: it may hold a password. Undefined where nothing is
 * wrong with it. Asks no server.
 */
export function faultOfMongoUrl(url: string): string | undefined {
  if (!/^mongodb(\+srv)?:\/\//.test(url)) return 'must begin with mongodb:// or mongodb+srv://';
  let options: MongoClient['options'];
  try {
    ({ options } = new MongoClient(url));
  } catch {
    return 'is no connection string that MongoDB knows: look at its hosts and options, and escape the password';
  }
  for (const option of ['tlsCAFile', 'tlsCRLFile', 'tlsCertificateKeyFile'] as const) {
    const file = options[option];
    if (file !== undefined && !isReadable(file)) return `names a file in ${option} that is missing, or not to be read`;
  }
  if (!/^[^/\\. "$*<>:|?\0]{1,63}$/.test(databaseOf(url))) return 'names a database that MongoDB cannot have';
  // A checkpoint that a failover takes back, or a read from a server that is behind, would lead the projections astray.
  if (/[?&](w|journal|j|readPreference|readConcernLevel)=/i.test(url)) {
    return 'must leave out w, journal, readPreference and readConcernLevel: Spårbar always writes to a majority and reads from the primary';
  }
  return undefined;
}

function isReadable(file: string): boolean {
  try {
    accessSync(file, constants.R_OK);
    return true;
  } catch {
    return false;
  }
}
