import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const now = () => performance.now();
export const rate = (count, from) => count / ((now() - from) / 1000);
export const quantile = (times, q) => [...times].sort((a, b) => a - b)[Math.floor(times.length * q)];
export const median = (numbers) => quantile(numbers, 0.5);
export const actor = { id: 'bench', role: 'controller' };

/** Works in a folder of its own, which is gone afterwards. */
export async function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), 'sparbar-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
