import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

export const now = () => performance.now();
export const rate = (count, from) => count / ((now() - from) / 1000);
export const quantile = (times, q) => [...times].sort((a, b) => a - b)[Math.floor(times.length * q)];
export const median = (numbers) => quantile(numbers, 0.5);
export const actor = { id: 'bench', role: 'controller' };

const pairsMeasured = 5;

/**
 * Measures two sides by turns, each pair within a minute, so that whatever else keeps the machine busy slows both: a
 * ratio of the two then means the same on every machine. The first pair warms up.
 * @param sides measure once and give a figure; the first of them begins in every other pair
 */
export async function pairsOf(ours, theirs, count = pairsMeasured) {
  const pairs = [];
  for (let turn = 0; turn <= count; turn++) {
    const pair = {};
    const sides = [async () => (pair.ours = await ours(turn)), async () => (pair.theirs = await theirs(turn))];
    if (turn % 2) sides.reverse();
    for (const side of sides) await side();
    if (turn > 0) pairs.push({ ...pair, ratio: pair.ours / pair.theirs });
  }
  return pairs;
}

/**
 * A row of the table, of pairs.
 * @param unit of the figures; `against` what theirs is; `least` or `most` the ratio that is to be reached, or neither
 */
export function rowOf({ against, least, most, unit, work }, pairs) {
  const ratios = pairs.map(({ ratio }) => ratio);
  const ratio = median(ratios);
  const [ours, theirs] = [median(pairs.map((pair) => pair.ours)), median(pairs.map((pair) => pair.theirs))];
  const spread = `${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}`;
  const held = least === undefined ? most === undefined || ratio <= most : ratio >= least;
  return {
    work,
    measured: `${figure(ours)} ${unit}, ${ratio.toFixed(2)} (${spread}) of ${against} (${figure(theirs)}), ${pairs.length} pairs, load ${load()}`,
    reach: least === undefined ? (most === undefined ? 'told only' : `≤ ${most}`) : `≥ ${least}`,
    held: least === undefined && most === undefined ? '–' : held,
  };
}

export const figure = (number) => (number >= 100 ? Math.round(number).toLocaleString('en') : number.toFixed(2));

/** How many wanted to run at once over the last minute: above the number of cores, figures are those of a busy machine. */
export const load = () => loadavg()[0].toFixed(1);

/** Works in a folder of its own, which is gone afterwards. */
export async function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'sparbar-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What a file of the bench prints as JSON where it runs as a process of its own. */
export async function toldBy(file, ...given) {
  const child = spawn(process.execPath, [file, ...given], { stdio: ['ignore', 'pipe', 'inherit'] });
  const told = [];
  child.stdout.setEncoding('utf8').on('data', (text) => told.push(text));
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${file} ended with ${code}`);
  return JSON.parse(told.join(''));
}

/** Does something so many times, a number of them at once. */
export async function spread(count, inFlight, work) {
  let next = 0;
  await Promise.all(
    Array.from({ length: inFlight }, async () => {
      while (next < count) await work(next++);
    }),
  );
}
