import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const read = (path: string): string => readFileSync(join(process.cwd(), path), 'utf8');

/** The formatter breaks lines by where an excerpt stands. */
const unspaced = (text: string): string => text.replace(/\s+/g, '');

/** The excerpts of the guide: a block that names a file after its language. */
const excerpts = [...read('docs/guide/adding.md').matchAll(/^```ts (\S+)\n([^]*?)^```$/gm)].map(
  ([, path, text]) => [path!, text!] as const,
);

describe('How to add a command, an event, a projection', () => {
  it('shows more than one file', () => {
    expect(new Set(excerpts.map(([path]) => path)).size).toBeGreaterThan(5);
  });

  it.each(excerpts)('shows %s as it is', (path, text) => {
    expect(unspaced(read(path))).toContain(unspaced(text));
  });
});
