import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { watchedLog } from '../../dist/libs/continuity/src/index.js';
import { openSqliteDocumentStore } from '../../dist/libs/document-store/src/sqlite/index.js';
import { openSqliteEventStore } from '../../dist/libs/event-store/src/sqlite/index.js';
import { systemClock } from '../../dist/libs/kernel/src/index.js';
import { Progress, ProjectionAdmin } from '../../dist/libs/projecting/src/index.js';
import { eventCatalog, projections } from '../../dist/libs/running/src/contracts.js';
import { inFolder, load, toldBy } from './measuring.mjs';
import { projectorOn } from './projector.mjs';
import { logOf } from './story.mjs';

const eventsEach = 60;
const mostMegabytes = 500;
const [log, documents] = ['events.db', 'documents.db'];

/** How much memory a process takes that compares all documents of so many events with the log; of several sizes, by which law. */
export async function memoryOfVerifyRows(sizes) {
  const measured = [];
  for (const events of sizes) measured.push({ events, ...(await memoryOfVerify(events)) });
  const rows = measured.map(({ events, megabytes, seconds, verified }) => ({
    work: `memory of a verification of ${events.toLocaleString('en')} events, all projections`,
    measured: `${megabytes.toFixed(0)} MB at the most, ${verified.toLocaleString('en')} documents in ${seconds.toFixed(0)} s, load ${load()}`,
    reach: `≤ ${mostMegabytes} MB`,
    held: megabytes <= mostMegabytes,
  }));
  return sizes.length > 1 ? [...rows, lawOf(measured[0], measured.at(-1))] : rows;
}

/** What more events take, and what a million would take by that. */
function lawOf(few, many) {
  const slope = (many.megabytes - few.megabytes) / (many.events - few.events);
  const megabytes = many.megabytes + slope * (1_000_000 - many.events);
  return {
    work: 'memory of a verification of 1,000,000 events, by these',
    measured: `${(slope * 1_000).toFixed(2)} kB an event, ${megabytes.toFixed(0)} MB`,
    reach: `≤ ${mostMegabytes} MB`,
    held: megabytes <= mostMegabytes,
  };
}

const memoryOfVerify = (events) =>
  inFolder(async (folder) => {
    const eventStore = await logOf(folder, log, Math.round(events / eventsEach), eventsEach);
    const documentStore = openSqliteDocumentStore(join(folder, documents));
    const projector = projectorOn(eventStore, documentStore);
    await projector.caughtUp();
    await projector.stop();
    await Promise.all([eventStore.close(), documentStore.close()]);
    // In a process of its own, which has made none of the documents.
    return toldBy(fileURLToPath(import.meta.url), folder);
  });

async function verify(folder) {
  const eventStore = openSqliteEventStore(join(folder, log));
  const documentStore = openSqliteDocumentStore(join(folder, documents));
  const { watch } = watchedLog(eventStore, documentStore);
  const parts = [eventStore, documentStore, eventCatalog(), projections, systemClock, new Progress(), watch];
  const admin = new ProjectionAdmin(...parts);
  const from = performance.now();
  let verified = 0;
  for (const { name } of projections) {
    const { differing, documents } = await admin.verify(name);
    if (differing > 0) throw new Error(`${differing} documents of ${name} differ`);
    verified += documents;
  }
  const seconds = (performance.now() - from) / 1_000;
  await watch.stop();
  await Promise.all([eventStore.close(), documentStore.close()]);
  return { verified, seconds, megabytes: process.resourceUsage().maxRSS / 1_024 };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(await verify(process.argv[2])));
