import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mostOfBodies, roomForFaults } from '#http-api';
import type { BodyLimits } from '#http-api';
import { newId } from '#kernel';
import { RunningSystem } from './support/running-system.js';

interface Operation {
  readonly path: string;
  readonly limits: BodyLimits;
  readonly takesJson: boolean;
}

const list = (items: number): string => `[${Array(items).fill(1).join()}]`;
const keys = (count: number): string => `{${Array.from({ length: count }, (_, n) => `"k${n}":1`).join()}}`;
const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);

/** A body that is just within each limit, and one that is just beyond it. */
const bodies: Readonly<Record<keyof BodyLimits, (limits: BodyLimits) => readonly [within: string, beyond: string]>> = {
  keys: ({ keys: most }) => [keys(most), keys(most + 1)],
  depth: ({ depth }) => [nested(depth), nested(depth + 1)],
  items: ({ items }) => [list(items), list(items + 1)],
  allItems: ({ allItems, items }) => {
    const half = Math.floor(items / 2);
    // The commas between items are counted.
    const lists = (commas: number) => {
      const whole = Array(Math.floor(commas / half)).fill(list(half + 1));
      return `{"a":${[...whole, list((commas % half) + 1)].join(',"a":')}}`;
    };
    return [lists(allItems), lists(allItems + 1)];
  },
  bytes: ({ bytes }) => [' '.repeat(bytes), ' '.repeat(bytes + 1)],
};

describe('The limits of a body', () => {
  let system: RunningSystem;
  let token: string;
  let posts: readonly Operation[];

  beforeAll(async () => {
    system = await RunningSystem.start();
    token = await system.token('controller');
    const { body } = await system.request('GET', '/v1/openapi.json');
    posts = Object.entries(body.paths as Record<string, Record<string, any>>).flatMap(([path, { post }]) =>
      post === undefined
        ? []
        : {
            path: path.replace(/\{[^}]+\}/g, () => newId()),
            limits: post['x-limits'],
            takesJson: !post.requestBody?.content['application/yaml'],
          },
    );
  });
  afterAll(() => system.stop());

  it('are named in the document for every route that takes one, and follow from what it asks for', () => {
    expect(posts.filter(({ limits }) => !limits?.bytes)).toEqual([]);
    const limitsOf = (path: RegExp) => posts.find((post) => path.test(post.path))!.limits;
    const [rename, assess] = [limitsOf(/rename$/), limitsOf(/assessments$/)];
    expect(rename.bytes).toBeLessThan(64 * 1024);
    expect(rename).toMatchObject({ keys: 10 + roomForFaults.keys, depth: 2 + roomForFaults.depth });
    expect(assess.keys).toBeGreaterThan(rename.keys);
    expect(assess.items).toBe(100 + roomForFaults.items);
    for (const { limits } of posts.filter(({ takesJson }) => takesJson)) {
      for (const [name, most] of Object.entries(mostOfBodies)) {
        expect(limits[name as keyof BodyLimits]).toBeLessThanOrEqual(most);
      }
    }
  });

  it.each(Object.keys(bodies) as (keyof BodyLimits)[])('are enforced as they are named: %s', async (limit) => {
    const refused = async (path: string, body: string) => {
      const headers = { 'content-type': 'application/json' };
      const { body: problem, status } = await system.request('POST', path, token, body, headers);
      return status === 413 ? { limit: problem.limit, most: problem.most } : undefined;
    };
    for (const { limits, path } of posts.filter(({ takesJson }) => takesJson)) {
      const [within, beyond] = bodies[limit](limits);
      expect([path, await refused(path, within)]).toEqual([path, undefined]);
      expect([path, await refused(path, beyond)]).toEqual([path, { limit, most: limits[limit] }]);
    }
  });

  it('are those that their guide tells', async () => {
    const guide = await readFile(join(process.cwd(), 'docs', 'guide', 'limits.md'), 'utf8');
    const cells = guide.split('\n').map((line) => line.split('|').map((cell) => cell.trim()));
    const row = (what: RegExp) => cells.find((each) => what.test(each[1] ?? ''))?.slice(2, 4);
    const figures = ({ bytes, ...counts }: BodyLimits) => [
      bytes % 1024 ** 2 === 0 ? `${bytes / 1024 ** 2} MiB` : `${bytes / 1024} KiB`,
      ...Object.values(counts).map((count) => count.toLocaleString('en')),
    ];
    const told = [/^bytes$/, /^names in all/, /^objects and lists within/, /^items of one list/, /^items of all lists/];
    expect(told.map(row)).toEqual(figures(mostOfBodies).map((most, at) => [figures(roomForFaults)[at], most]));
    const plans = posts.find(({ takesJson }) => !takesJson)!;
    expect(guide).toContain(`| bytes                                    | ${plans.limits.bytes / 1024 ** 2} MiB`);
  });
});
