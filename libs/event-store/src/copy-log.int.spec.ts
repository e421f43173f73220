import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LogDamaged, LogsDiffer } from '#kernel';
import type { StoredEvent } from '#kernel';
import { startKurrentDbDouble } from '../../../test/support/kurrentdb-double/kurrentdb-double.mjs';
import type { KurrentDbDouble } from '../../../test/support/kurrentdb-double/kurrentdb-double.mjs';
import { maxAppendBytes } from './append-size.js';
import { copyLog } from './copy-log.js';
import type { EventStore } from './event-store.port.js';
import { EventTooLarge } from './event-too-large.js';
import { openKurrentEventStore } from './kurrentdb/index.js';
import { openSqliteEventStore } from './sqlite/index.js';
import { meddleWithFile } from './sqlite/testing/meddling.js';
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

  it("passes over others' events", async () => {
    await meddleWithFile(join(folder, 'from.db')).write('other', [{ type: 'Sent', data: {} }]);
    await sqlite.append('uppsala.b-1', [anEvent()], 'no-stream');
    expect(await copyLog(sqlite, kurrent)).toMatchObject({ events: 241, added: 241 });
    expect(sqlite.passedOver).toBe(1);
    expect(await contentOf(kurrent)).toEqual(await contentOf(sqlite));
  });

  it('stops at a stream that lacks an event, and names what is missing', async () => {
    await meddleWithFile(join(folder, 'from.db')).trim('uppsala.a-1', 1);
    const failure: unknown = await copyLog(sqlite, back).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(LogDamaged);
    expect((failure as LogDamaged).damage).toEqual({ stream: 'uppsala.a-1', awaited: 0, found: 1 });
  });

  it('reads an event that was recorded before there was a limit, and says that it cannot be copied', async () => {
    const large = { ...anEvent(), data: { number: 0, text: 'x'.repeat(maxAppendBytes) } };
    await meddleWithFile(join(folder, 'from.db')).write('uppsala.b-1', [large]);
    expect(await sqlite.readStream('uppsala.b-1')).toHaveLength(1);
    await expect(copyLog(sqlite, kurrent)).rejects.toThrow(EventTooLarge);
    expect(await contentOf(kurrent)).toHaveLength(240);
  });

  it('copies in parts what was appended at once and is more than the limit', async () => {
    const many = Array.from({ length: 3 }, (_, number) => ({
      ...anEvent(number),
      data: { number, text: 'x'.repeat(maxAppendBytes / 2) },
    }));
    await meddleWithFile(join(folder, 'from.db')).write('uppsala.b-1', many);
    expect(await copyLog(sqlite, kurrent)).toMatchObject({ events: 243, added: 243 });
  });
});
