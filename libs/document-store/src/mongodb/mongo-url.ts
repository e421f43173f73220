import { accessSync, constants } from 'node:fs';
import { MongoClient } from 'mongodb';
import { say } from '#kernel';
import type { Said } from '#kernel';

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
export function faultOfMongoUrl(url: string): Said | undefined {
  if (!/^mongodb(\+srv)?:\/\//.test(url)) return beginsOtherwise();
  let options: MongoClient['options'];
  try {
    ({ options } = new MongoClient(url));
  } catch {
    return isUnknown();
  }
  for (const option of ['tlsCAFile', 'tlsCRLFile', 'tlsCertificateKeyFile'] as const) {
    const file = options[option];
    if (file !== undefined && !isReadable(file)) return isNotRead({ option });
  }
  if (!/^[^/\\. "$*<>:|?\0]{1,63}$/.test(databaseOf(url))) return isNoDatabase();
  // A checkpoint that a failover takes back, or a read from a server that is behind, would lead the projections astray.
  if (/[?&](w|journal|j|readPreference|readConcernLevel)=/i.test(url)) {
    return setsConcerns();
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

const beginsOtherwise = say(
  'must begin with mongodb:// or mongodb+srv://',
  'ska börja med mongodb:// eller mongodb+srv://',
);
const isUnknown = say(
  'is no connection string that MongoDB knows: look at its hosts and options, and escape the password',
  'är ingen anslutningssträng som MongoDB känner till: se över värdar och inställningar, och koda lösenordet',
);
const isNotRead = say(
  'names a file in {option} that is missing, or not to be read',
  'anger en fil i {option} som saknas eller inte får läsas',
);
const isNoDatabase = say('names a database that MongoDB cannot have', 'anger en databas som MongoDB inte kan ha');
const setsConcerns = say(
  'must leave out w, journal, readPreference and readConcernLevel: Spårbar always writes to a majority and reads from the primary',
  'ska utelämna w, journal, readPreference och readConcernLevel: Spårbar skriver alltid till en majoritet och läser från den primära',
);
