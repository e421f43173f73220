import { build, install } from './installation.mjs';

install();
build();

/** What is measured, by the word that chooses it: `npm run bench -- commands http`. Without a word, everything. */
const benches = {
  commands: async () => (await import('./bench/commands.mjs')).commandRows(),
  http: async () => (await import('./bench/http.mjs')).httpRows(),
  rebuild: async () => (await import('./bench/rebuild.mjs')).rebuildRows(),
  replays: async () => (await import('./bench/replays.mjs')).replayRows(),
  snapshots: async () => (await import('./bench/snapshot.mjs')).benchSnapshots(),
  kurrentdb: async () => (await import('./bench/kurrentdb.mjs')).kurrentDbRows(),
  mongodb: async () => (await import('./bench/mongodb.mjs')).mongodbRows(),
};

const words = process.argv.slice(2);
const unknown = words.filter((word) => !(word in benches));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}; there is ${Object.keys(benches).join(', ')}`);
  process.exit(2);
}
const rows = [];
for (const word of words.length > 0 ? words : Object.keys(benches)) {
  for (const { held, measured, reach, work } of await benches[word]()) {
    const told = typeof held === 'boolean' ? (held ? 'yes' : 'NO') : held;
    rows.push({ work, measured, reach, held: told });
    console.error(`${work}: ${measured} (${reach}: ${told})`);
  }
}
console.table(rows);
