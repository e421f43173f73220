import { MongoServerError } from 'mongodb';
import type { Db, MongoClient } from 'mongodb';
import { HeardServers, membershipOf } from './heard-servers.js';
import type { Hello } from './heard-servers.js';
import { clientFor } from './mongo-client.js';
import { failureOf } from './mongo-failures.js';
import { databaseOf } from './mongo-url.js';

const commandNotFound = 59;
const patienceMilliseconds = 3_000;

export interface MongoCheck {
  /** Such as `belongs to the replica set "rs0"`. */
  readonly server: string;
  readonly version: string;
  /** The name of the replica set; undefined where it tells none. */
  readonly set: string | undefined;
  /** What a write waits for before it is answered. */
  readonly writeConcern: string;
  /** Whether the server has transactions. None are asked for. */
  readonly transactions: boolean;
  /** What an operator should mend, as sentences. */
  readonly faults: readonly string[];
}

/** Looks what kind of server a URL leads to, and whether it keeps documents as they should be kept. @throws StoreUnavailable, StoreRefused */
export async function checkMongo(url: string): Promise<MongoCheck> {
  const client = clientFor(url, patienceMilliseconds);
  const servers = new HeardServers(client);
  try {
    await client.connect();
    const admin = client.db('admin');
    const hello = await greetingOf(admin);
    const { version } = (await admin.command({ buildInfo: 1 })) as unknown as { readonly version: string };
    const inSet = hello.setName !== undefined || hello.msg === 'isdbgrid';
    return {
      server: membershipOf(hello),
      version,
      set: hello.setName,
      writeConcern: 'majority, journaled',
      transactions: inSet && typeof hello.logicalSessionTimeoutMinutes === 'number',
      faults: [...faultsOfServer(hello, client), ...faultsOfOptions(client)],
    };
  } catch (error) {
    const user = client.options.credentials?.username;
    throw failureOf(error, { right: 'read', on: databaseOf(url), user }, servers);
  } finally {
    await client.close();
  }
}

/** Not every server that speaks the protocol knows the newer word. */
async function greetingOf(admin: Db): Promise<Hello> {
  try {
    return await admin.command({ hello: 1 });
  } catch (error) {
    if (!(error instanceof MongoServerError) || error.code !== commandNotFound) throw error;
    return admin.command({ isMaster: 1 });
  }
}

function faultsOfServer({ msg, setName }: Hello, { options }: MongoClient): string[] {
  if (setName === undefined) {
    if (msg === 'isdbgrid') return [];
    return ['it belongs to no replica set: what it acknowledges is on one machine, and can be lost with it'];
  }
  if (options.directConnection) {
    return [`the URL says directConnection=true: when another member of "${setName}" is elected, nothing is written`];
  }
  if (options.replicaSet !== undefined) return [];
  return [`the URL does not name the replica set: with replicaSet=${setName} no other set is ever taken for it`];
}

function faultsOfOptions({ options }: MongoClient): string[] {
  const unchecked = options.rejectUnauthorized === false || options.checkServerIdentity !== undefined;
  return options.tls && unchecked
    ? ['the URL turns off a check of the certificate: whoever is in between can read and change everything']
    : [];
}
