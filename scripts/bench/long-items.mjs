import { Buffer } from 'node:buffer';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { openSqliteDocumentStore } from '../../dist/libs/document-store/src/sqlite/index.js';
import { figure, inFolder, load, now, pairsOf, rowOf } from './measuring.mjs';
import { projectorOn } from './projector.mjs';
import { eventOfItem, logFrom } from './story.mjs';

const [short, long] = [10, 10_000];
const eventsTimed = 40;
const mostBytes = 8_000;

/** One event onto an item with a long story, beside one onto an item that has hardly begun: until all documents hold it. */
export const longItemRows = () =>
  inFolder(async (folder) => {
    const log = await logFrom(folder, 'events.db', storiesOf());
    const { bytes, store } = countingBytes(openSqliteDocumentStore(join(folder, 'documents.db')));
    const projector = projectorOn(log, store);
    await projector.caughtUp();
    const revisions = [long - 1, short - 1];
    const written = [0, 0];
    let events = 0;
    const collections = await store.collections();
    const [items, stories] = ['item-status@', 'plan-history@'].map((name) =>
      collections.find((one) => one.startsWith(name)),
    );
    /** Until the documents of the item and of its story hold an event. */
    const shows = async (itemId, stream, revision) => {
      while (((await store.get(items, itemId))?.revision ?? -1) < revision) await nextTurn();
      while (((await store.get(stories, stream))?.last.revision ?? -1) < revision) await nextTurn();
    };
    const onto = (item) => async () => {
      const before = bytes();
      const from = now();
      for (let turn = 0; turn < eventsTimed; turn++) {
        const { data, id, metadata, revision, stream, type } = eventOfItem(item, ++revisions[item]);
        await log.append(stream, [{ id, type, data, metadata }], revision - 1);
        await shows(data.itemId, stream, revision);
      }
      const took = (now() - from) / eventsTimed;
      await projector.caughtUp();
      written[item] += bytes() - before;
      events += eventsTimed / 2;
      return took;
    };
    const pairs = await pairsOf(onto(0), onto(1));
    await projector.stop();
    await Promise.all([log.close(), store.close()]);
    const work = `one event onto an item of ${long.toLocaleString('en')} entries`;
    const [ours, theirs] = written.map((all) => all / events);
    return [
      rowOf({ work, unit: 'ms', against: `one of ${short}`, most: 1.2 }, pairs),
      {
        work: `${work}: documents that are written`,
        measured: `${figure(ours / 1_000)} kB on the average, ${figure(theirs / 1_000)} kB onto one of ${short}, load ${load()}`,
        reach: `≤ ${mostBytes / 1_000} kB`,
        held: ours <= mostBytes,
      },
    ];
  });

function* storiesOf() {
  for (let revision = 0; revision < long; revision++) {
    yield eventOfItem(0, revision);
    if (revision < short) yield eventOfItem(1, revision);
  }
}

/** A store that tells how many bytes the documents of projections have that were written to it. */
function countingBytes(store) {
  let bytes = 0;
  const replaceMany = store.replaceMany.bind(store);
  store.replaceMany = (collection, writes) => {
    for (const { document } of writes) bytes += Buffer.byteLength(JSON.stringify(document));
    return replaceMany(collection, writes);
  };
  return { store, bytes: () => bytes };
}
