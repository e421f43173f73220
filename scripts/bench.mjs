import { build, install } from './installation.mjs';

install();
build();

/**
 * What is measured, by the names that choose it: `npm run bench -- --only http rebuild`. A name chooses every row that it
 * begins, and none at all chooses everything. `--large` takes the sizes that are to be reached where the usual ones are
 * smaller, which takes long.
 */
const rows = {
  'commands-1': async () => (await import('./bench/commands.mjs')).commandRows(1)(),
  'commands-64': async () => (await import('./bench/commands.mjs')).commandRows(64)(),
  emmett: async () => (await import('./bench/commands.mjs')).emmettRows(),
  'long-stories': async () => (await import('./bench/long-stories.mjs')).longStoryRows(),
  http: async () => (await import('./bench/http.mjs')).httpRows(),
  start: async () => (await import('./bench/http.mjs')).startRows(),
  rebuild: async () => (await import('./bench/rebuild.mjs')).rebuildRows(),
  'rebuild-two': async () => (await import('./bench/sharing.mjs')).rebuildTwoRows(),
  lag: async () => (await import('./bench/sharing.mjs')).lagRows(),
  'long-items': async () => (await import('./bench/long-items.mjs')).longItemRows(),
  'catch-up-many': async () => (await import('./bench/catch-up.mjs')).catchUpManyRows(large ? 60_000 : 1_500),
  'memory-projector': async () => (await import('./bench/catch-up.mjs')).memoryOfProjectorRows(large ? 60_000 : 1_500),
  'memory-server': async () => (await import('./bench/memory-server.mjs')).memoryOfServerRows(large ? 360_000 : 36_000),
  'memory-verify': async () =>
    (await import('./bench/memory-verify.mjs')).memoryOfVerifyRows(large ? [1_000_000] : [60_000, 240_000]),
  questions: async () => (await import('./bench/questions.mjs')).questionRows(large),
  replays: async () => (await import('./bench/replays.mjs')).replayRows(),
  'snapshots-beside-others': async () => (await import('./bench/snapshot.mjs')).besideOthersRows(),
  snapshots: async () => (await import('./bench/snapshot.mjs')).benchSnapshots(),
  'kurrentdb-small-read': async () => (await import('./bench/kurrentdb.mjs')).kurrentDbRows('smallRead'),
  'kurrentdb-cold-command': async () => (await import('./bench/kurrentdb.mjs')).kurrentDbRows('coldCommand'),
  'kurrentdb-commands': async () => (await import('./bench/kurrentdb.mjs')).kurrentDbRows('commands'),
  'kurrentdb-catch-up': async () => (await import('./bench/kurrentdb.mjs')).kurrentDbRows('catchUp'),
  mongodb: async () => (await import('./bench/mongodb.mjs')).mongodbRows(),
};

const large = process.argv.includes('--large');
const words = process.argv.slice(2).filter((word) => !['--large', '--only'].includes(word));
const chosenBy = (word) => Object.keys(rows).filter((name) => name.startsWith(word));
const unknown = words.filter((word) => chosenBy(word).length === 0);
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}; there is ${Object.keys(rows).join(', ')}`);
  process.exit(2);
}
const table = [];
for (const name of new Set(words.length > 0 ? words.flatMap(chosenBy) : Object.keys(rows))) {
  for (const { held, measured, reach, work } of await rows[name]()) {
    const told = typeof held === 'boolean' ? (held ? 'yes' : 'NO') : held;
    table.push({ work, measured, reach, held: told });
    console.error(`${work}: ${measured} (${reach}: ${told})`);
  }
}
console.table(table);
