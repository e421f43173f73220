// Makes one snapshot as the worker does, in a process that may be killed: make-snapshot.mjs FOLDER TENANT ROUND ISSUE
import { join } from 'node:path';
import { openSqliteDocumentStore } from '#document-store/sqlite';
import { openSqliteEventStore } from '#event-store/sqlite';
import { SnapshotWriter } from '#follow-up';
import { idOf } from '#kernel';
import { eventCatalog } from '../../dist/apps/composition/src/contracts.js';

const [folder, tenant, roundId, number] = process.argv.slice(2);
const log = openSqliteEventStore(join(folder, 'events.db'));
const documents = openSqliteDocumentStore(join(folder, 'documents.db'));

/** A double of the round: it appends what the round's decider decides on, once for a command. */
async function record({ bytes, commandId, issue, planId, rule, sha256, snapshotId }) {
  const stream = `${tenant}.round-${roundId}`;
  const events = await log.readStream(stream);
  const id = idOf('recorded', commandId);
  if (events.some((event) => event.id === id)) return;
  const event = { ...events.at(-1), id, type: 'SnapshotRecorded' };
  event.data = { roundId, planId, snapshotId, issue, rule, sha256, bytes };
  await log.append(stream, [event], events.length - 1);
}

process.stdout.write('begins\n');
await new SnapshotWriter(log, documents, eventCatalog(), record).make({ tenant, roundId, issue: Number(number) });
process.stdout.write('made\n');
await log.close();
await documents.close();
