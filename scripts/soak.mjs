// Whether memory stays flat over a long run: `npm run soak`, or `npm run soak -- embedded-idle`. Exits with 1 where it does not.
import { build, install } from './installation.mjs';

install();
build();
const { embeddedEvents, embeddedIdle, serverEvents, serverIdle } = await import('./soak/runs.mjs');

/** What runs long, by the word that chooses it. Without a word, everything. */
const runs = {
  'embedded-events': embeddedEvents,
  'embedded-idle': embeddedIdle,
  'server-events': serverEvents,
  'server-idle': serverIdle,
};

const words = process.argv.slice(2);
const unknown = words.filter((word) => !(word in runs));
if (unknown.length > 0) {
  console.error(`There is no ${unknown.join(', ')}; there is ${Object.keys(runs).join(', ')}`);
  process.exit(2);
}
const from = performance.now();
let flat = true;
for (const word of words.length > 0 ? words : Object.keys(runs)) {
  const { held, told } = await runs[word](console.log);
  console.log(`${held ? 'flat' : 'NOT FLAT'}: ${told}\n`);
  flat &&= held;
}
console.log(`Memory is ${flat ? '' : 'NOT '}flat. It took ${Math.round((performance.now() - from) / 1000)} s.`);
process.exitCode = flat ? 0 : 1;
