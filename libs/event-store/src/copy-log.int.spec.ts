import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LogsDiffer } from '#kernel';
import type { StoredEvent } from '#kernel';
import { startKurrentDbDouble } from '../../../test/support/kurrentdb-double/kurrentdb-double.mjs';
import type { KurrentDbDouble } from '../../../test/support/kurrentdb-double/kurrentdb-double.mjs';
import { copyLog } from './copy-log.js';
import type { EventStore } from './event-store.port.js';
import { openKurrentEventStore } from './kurrentdb/index.js';
import { openSqliteEventStore } from './sqlite/index.js';
import { anEvent } from './testing/index.js';

const withoutPosition = ({ position: _, ...event }: StoredEvent) => event;
const contentOf = async (store: EventStore) => (await store.readAll({ limit: 10_000 })).map(withoutPosition);

describe('Copying a log', () => {
  let folder: string;
  let double: KurrentDbDouble;
  let sqlite: EventStore;
  let kurrent: EventStore;
  let back: EventStore;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-copy-'));
    double = await startKurrentDbDouble();
    sqlite = openSqliteEventStore(join(folder, 'from.db'));
    kurrent = openKurrentEventStore(double.url);
    back = openSqliteEventStore(join(folder, 'to.db'));
    // Streams of two tenants that take turns, one of them with long runs of its own.
    const revisions = new Map<string, number>();
    for (let number = 0; number < 240; number++) {
      const tenant = number % 7 ? 'uppsala' : 'umea';
      const stream = `${tenant}.a-${number > 120 ? 0 : number % 5}`;
      const revision = revisions.get(stream) ?? -1;
      await sqlite.append(stream, [anEvent(number, tenant)], revision === -1 ? 'no-stream' : revision);
      revisions.set(stream, revision + 1);
    }
  });
  afterEach(async () => {
    await Promise.all([sqlite, kurrent, back].map((store) => store.close()));
    await double.stop();
    await rm(folder, { recursive: true });
  });

  it('to a server (a protocol double) and back keeps everything and its order', async () => {
    const there = await copyLog(sqlite, kurrent);
    expect(there).toMatchObject({ events: 240, added: 240 });
    expect(await contentOf(kurrent)).toEqual(await contentOf(sqlite));
    expect(await copyLog(kurrent, back, { pageSize: 7 })).toEqual(there);
    expect(await contentOf(back)).toEqual(await contentOf(sqlite));
    expect(await copyLog(sqlite, back)).toEqual({ ...there, added: 0 });
  });

  it('goes on where it was interrupted', async () => {
    const ended = new AbortController();
    const told: string[] = [];
    const interrupted = copyLog(sqlite, kurrent, {
      pageSize: 50,
      signal: ended.signal,
      progress: (events) => {
        if (events >= 100) ended.abort(new Error('Enough for today'));
      },
    });
    await expect(interrupted).rejects.toThrow('Enough for today');
    const held = (await contentOf(kurrent)).length;
    expect(held).toBeGreaterThanOrEqual(100);
    expect(held).toBeLessThan(240);
    const progress = (events: number, phase: string) => told.push(`${phase} ${events}`);
    expect(await copyLog(sqlite, kurrent, { progress })).toMatchObject({ events: 240, added: 240 - held });
    expect(told).toContain(`comparing ${held}`);
    expect(told.filter((line) => line.startsWith('copying')).at(-1)).toBe('copying 240');
    expect(told.at(-1)).toBe('verifying 240');
    expect(await contentOf(kurrent)).toEqual(await contentOf(sqlite));
  });

  it('refuses a target that holds something else, names the first event that differs, and adds nothing', async () => {
    const [first, second] = await sqlite.readAll({ limit: 2 });
    await back.append(first!.stream, [{ ...first! }], 'no-stream');
    await back.append(second!.stream, [{ ...second!, data: { number: 99 } }], 'no-stream');
    const failure: unknown = await copyLog(sqlite, back).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LogsDiffer);
    expect((failure as LogsDiffer).index).toBe(1);
    expect((failure as LogsDiffer).message).toContain(`${second!.id}, revision 0 of ${second!.stream}`);
    expect(await contentOf(back)).toHaveLength(2);
  });

  it('refuses a target that holds more than the source', async () => {
    await copyLog(sqlite, kurrent);
    await kurrent.append('uppsala.b-1', [anEvent()], 'no-stream');
    await expect(copyLog(sqlite, kurrent)).rejects.toThrow(/After 240 events .* source has nothing more/);
  });
});
