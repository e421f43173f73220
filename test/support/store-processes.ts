import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { openKurrentEventStore } from '#event-store/kurrentdb';
import { DoubleProcess } from './kurrentdb-double/double-process.js';
import { startMongoWire } from './mongo-wire.mjs';
import { StartedServer } from './started-server.js';
import type { StoreProcess } from './started-server.js';

const { KURRENTDB_START: kurrentDbCommand, MONGODB_START: mongoDbCommand } = process.env;

/** Which servers a test ends and freezes: what a run says of itself. */
export const kurrentDbName = kurrentDbCommand ? 'KurrentDB as KURRENTDB_START starts it' : 'the double of KurrentDB';
export const mongoDbName = mongoDbCommand
  ? 'MongoDB as MONGODB_START starts it'
  : "a stand-in that speaks MongoDB's wire protocol";

/**
 * Starts a KurrentDB of one's own: the server that `KURRENTDB_START` starts, or the double.
 * @param folder where it keeps all that it has stored; made where it is missing
 * @param port a free one where it is left out
 */
export async function startKurrentDb(folder: string, port = 0, command = kurrentDbCommand): Promise<StoreProcess> {
  if (command) return StartedServer.start({ command, folder, port, urlAt: kurrentDbUrl, ask: askKurrentDb });
  await mkdir(folder, { recursive: true });
  return DoubleProcess.start(join(folder, 'log'), port);
}

/** Starts a MongoDB of one's own: the server that `MONGODB_START` starts, or the stand-in. Parameters as above. */
export async function startMongoDb(folder: string, port = 0, command = mongoDbCommand): Promise<StoreProcess> {
  if (command) return StartedServer.start({ command, folder, port, urlAt: mongoDbUrl, ask: askMongoDb });
  await mkdir(folder, { recursive: true });
  return startMongoWire({ file: join(folder, 'documents'), port });
}

const kurrentDbUrl = (port: number): string => `kurrentdb://127.0.0.1:${port}?tls=false`;
const mongoDbUrl = (port: number): string => `mongodb://127.0.0.1:${port}`;

async function askKurrentDb(url: string): Promise<void> {
  const store = openKurrentEventStore(url);
  await store.head().finally(() => store.close());
}

async function askMongoDb(url: string): Promise<void> {
  const client = new MongoClient(url, { serverSelectionTimeoutMS: 1_000 });
  await client
    .db('admin')
    .command({ ping: 1 })
    .finally(() => client.close());
}
