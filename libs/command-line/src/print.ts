import { Presets, SingleBar } from 'cli-progress';
import { shownLine } from '#kernel';

/** Rows as columns that stand under each other; the last column takes what is left. */
export function table(given: readonly (readonly string[])[]): string {
  const rows = given.map((row) => row.map(shownLine));
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, column) => Math.max(widest[column] ?? 0, cell.length)),
    [],
  );
  return rows
    .map((row) =>
      row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column]!))).join('  '),
    )
    .join('\n');
}

/** An instant or a day, short. */
export const short = (instant: string): string => instant.slice(0, 16).replace('T', ' ');

/** A bar on standard error for so many steps; none where nobody looks, or where there is one step. */
export function progressOf(steps: number): SingleBar | undefined {
  if (!process.stderr.isTTY || steps < 2) return undefined;
  const bar = new SingleBar({ format: '{bar} {value} of {total}', clearOnComplete: true }, Presets.shades_classic);
  bar.start(steps, 0);
  return bar;
}
