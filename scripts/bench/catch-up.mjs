import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteDocumentStore } from '../../dist/libs/document-store/src/sqlite/index.js';
import { root } from '../installation.mjs';
import { inFolder, load, now, pairsOf, rate, rowOf } from './measuring.mjs';
import { allCaughtUp, projectorOn } from './projector.mjs';
import { eventOfItem, insertInto, logOf } from './story.mjs';

const eventsEach = 60;
/** Of plain catch-up: so few that all that is known of them stays in memory. */
const busyItems = 20;
const mostMegabytes = 300;

/** One event on each of many items, which have to be read for it, beside as many events on a few. */
export const catchUpManyRows = (items) =>
  inFolder(async (folder) => {
    const story = await followedStory(folder, items);
    const projector = projectorOn(story.log, story.documents);
    await projector.caughtUp();
    const caughtUp = async (itemOf) => {
      story.record(items, itemOf);
      const from = now();
      await projector.caughtUp();
      return rate(items, from);
    };
    const pairs = await pairsOf(
      () => caughtUp((number) => number),
      () => caughtUp((number) => number % busyItems),
    );
    await projector.stop();
    await story.close();
    const work = `catch-up after one event on each of ${items.toLocaleString('en')} items of ${eventsEach}`;
    return [rowOf({ work, unit: 'events/s', against: `as many on ${busyItems} of them`, least: 0.5 }, pairs)];
  });

/** How much memory the projector, a process as it is shipped, takes to make all documents, and to catch up on each of them. */
export const memoryOfProjectorRows = (items) =>
  inFolder(async (folder) => {
    const story = await followedStory(folder, items);
    const told = items.toLocaleString('en');
    const rows = [];
    for (const work of [`all documents of ${told} items of ${eventsEach}`, `one event on each of ${told} items`]) {
      const megabytes = await memoryOfCatchUp(folder, story);
      rows.push({
        work: `memory of the projector: ${work}`,
        measured: `${megabytes.toFixed(0)} MB at the most, load ${load()}`,
        reach: `≤ ${mostMegabytes} MB`,
        held: megabytes <= mostMegabytes,
      });
      story.record(items, (number) => number);
    }
    await story.close();
    return rows;
  });

/** A log of items with a story each, to which more is recorded, and documents beside it. */
async function followedStory(folder, items) {
  const log = await logOf(folder, 'events.db', items, eventsEach);
  const documents = openSqliteDocumentStore(join(folder, 'documents.db'));
  const revisions = Array.from({ length: items }, () => eventsEach - 1);
  return {
    log,
    documents,
    record(count, itemOf) {
      const more = Array.from({ length: count }, (_, number) => itemOf(number));
      insertInto(
        join(folder, 'events.db'),
        more.map((item) => eventOfItem(item, ++revisions[item])),
      );
    },
    close: () => Promise.all([log.close(), documents.close()]),
  };
}

async function memoryOfCatchUp(folder, { documents, log }) {
  const env = { ...process.env, PORT: '0', SPARBAR_DATA: folder, SPARBAR_LOG_LEVEL: 'warn' };
  const main = join(root, 'dist', 'apps', 'projector', 'src', 'main.js');
  const child = spawn(process.execPath, [main], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const gone = once(child, 'exit');
  try {
    await Promise.race([
      allCaughtUp(log, documents),
      gone.then(([code]) => Promise.reject(new Error(`The projector ended with ${code}`))),
    ]);
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
    return Number(kilobytes) / 1024;
  } finally {
    child.kill('SIGTERM');
    await gone;
  }
}
