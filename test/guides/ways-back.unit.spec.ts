import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { eventCatalog } from '#running/contracts';

const { types } = eventCatalog();
const guide = readFileSync(join(process.cwd(), 'docs/guide/times.md'), 'utf8');
const [, section] = guide.split('## Every event, and its way back\n');
const rows = section!
  .split('\n## ')[0]!
  .split('\n')
  .filter((line) => line.startsWith('| `'))
  .map((line) => line.split('|').slice(1, 3) as [events: string, way: string]);
const named = (text: string) => [...text.matchAll(/`([A-Z]\w+)`/g)].map(([, type]) => type!);

describe('Every event', () => {
  it('has a way back, told once, or says why it needs none', () => {
    expect(rows.flatMap(([events]) => named(events)).sort()).toEqual([...types].sort());
    const without = rows.filter(
      ([, way]) => !/^ (none: |what was taken back|another file|each of its steps|.*`\w+`)/.test(way),
    );
    expect(without).toEqual([]);
  });

  it('is set right by events that there are', () => {
    expect(rows.flatMap(([, way]) => named(way)).filter((type) => !types.includes(type))).toEqual([]);
  });
});
