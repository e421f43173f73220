import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Document, DocumentStore } from '#document-store';
import { openSqliteDocumentStore } from '#document-store/sqlite';
import type { EventStore } from '#event-store';
import { openSqliteEventStore } from '#event-store/sqlite';
import { meddleWithFile } from '#event-store/testing';
import { CostlyWork } from '#http-api';
import type { JobRun } from '#jobs';
import { idOf, LogDamaged } from '#kernel';
import { DamageNotes } from '#projecting';
import type { Projection, ReadModels } from '#projecting';
import { sha256Of } from '../rules/fold-snapshot.js';
import { SnapshotArchive } from '../shelf/snapshot-archive.js';
import { snapshotIdOf } from '../shelf/snapshot-id.js';
import { snapshotCollection, snapshotPartCollection, SnapshotShelf } from '../shelf/snapshot-shelf.js';
import { everyEvent, goldenEvents, goldenFolder, goldenRound, goldenTenant, record } from '../testing/golden-log.js';
import { streamsOfLog } from '../testing/streams-of-log.js';
import { makeSnapshotHandler, snapshotJobOf } from './make-snapshot.job.js';
import { SnapshotWriter } from './snapshot-writer.js';
import type { SnapshotRecord } from './snapshot-writer.js';

const tenant = goldenTenant;
const roundId = goldenRound();
const catalog = everyEvent();
const snapshotId = snapshotIdOf(tenant, roundId, 1);
/** The caller stays until it has its answer. */
const listening = new AbortController().signal;
const wanted = { tenant, roundId, issue: 1 };

describe('The writer of snapshots', () => {
  let folder: string;
  let log: EventStore;
  let documents: DocumentStore;
  let recorded: SnapshotRecord[];

  /** A double of the round: it appends the event that the round's decider would decide on. */
  const intoRound = async (facts: SnapshotRecord): Promise<void> => {
    recorded.push(facts);
    const stream = `${tenant}.round-${roundId}`;
    const events = await log.readStream(stream);
    const { bytes, issue, planId, rule, sha256 } = facts;
    const id = idOf('recorded', facts.commandId);
    if (events.some((event) => event.id === id)) return;
    const data = { roundId, planId, snapshotId: facts.snapshotId, issue, rule, sha256, bytes };
    const event = { ...events.at(-1)!, id, type: 'SnapshotRecorded', data };
    await log.append(stream, [event], events.length - 1);
  };
  const writer = (by = intoRound) => new SnapshotWriter(log, documents, catalog, by, streamsOfLog(log, catalog));
  /** A double of the read models, which have always come to the end of the log. */
  const readModels = {
    get: async (projection: Projection, id: string) => {
      let place: Document | undefined;
      for (const stored of await log.readStream(`${tenant}.round-${roundId}`)) {
        const reaction = projection.on[stored.type];
        if (reaction?.key(stored) === id) place = reaction.evolve(place, stored);
      }
      return place;
    },
    waitFor: async () => undefined,
  } as unknown as ReadModels;
  const archiveOf = (from: EventStore) =>
    new SnapshotArchive(from, documents, catalog, readModels, new CostlyWork(), streamsOfLog(from, catalog));
  const archive = () => archiveOf(log);
  const kept = () => documents.count(snapshotCollection, {});

  const expectOne = async (): Promise<void> => {
    expect(await kept()).toBe(1);
    const events = await log.readStream(`${tenant}.round-${roundId}`);
    expect(events.filter(({ type }) => type === 'SnapshotRecorded')).toHaveLength(1);
    expect(new Set(recorded.map(({ commandId }) => commandId)).size).toBe(1);
    expect(await archive().verify(tenant, snapshotId, listening)).toMatchObject({ verdict: 'same' });
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-snapshots-'));
    log = openSqliteEventStore(join(folder, 'events.db'));
    documents = openSqliteDocumentStore(join(folder, 'documents.db'));
    recorded = [];
    await record(
      log,
      goldenEvents().filter(({ type }) => type !== 'SnapshotRecorded'),
    );
  });
  afterEach(async () => {
    await log.close();
    await documents.close();
    await rm(folder, { recursive: true });
  });

  it('keeps the bytes, and has the round record their SHA-256', async () => {
    expect(await archive().verify(tenant, snapshotId, listening)).toMatchObject({ verdict: 'not-made-yet' });
    const { bytes, sha256 } = (await writer().make(wanted))!;
    const read = await archive().read(tenant, snapshotId, listening);
    expect(read.bytes.equals(await readFile(join(goldenFolder, 'issue-1.json')))).toBe(true);
    expect([read.sha256, read.bytes.length]).toEqual([sha256, bytes]);
    expect(await archive().verify(tenant, snapshotId, listening)).toMatchObject({ verdict: 'same', folded: sha256 });
    expect(await archive().ofRound(tenant, roundId)).toMatchObject([
      { issue: 1, recorded: { sha256 }, override: 'Kommunstyrelsen lämnar muntligt' },
      { issue: 2, replaces: 1 },
    ]);
  });

  /** A double of a document store whose process dies at its first write: before it takes effect, or after. */
  const dyingStore = (when: 'before' | 'after'): DocumentStore =>
    new Proxy(documents, {
      get: (store, method: keyof DocumentStore) => {
        if (method !== 'compareAndSet') return (store[method] as () => unknown).bind(store);
        return async (...write: Parameters<DocumentStore['compareAndSet']>) => {
          if (when === 'after') await store.compareAndSet(...write);
          throw new Error('killed');
        };
      },
    });

  const cutOff: [where: string, dying: () => SnapshotWriter][] = [
    ['before anything is kept', () => new SnapshotWriter(log, dyingStore('before'), catalog, intoRound)],
    ['when the bytes are kept', () => new SnapshotWriter(log, dyingStore('after'), catalog, intoRound)],
    ['before the round has recorded it', () => writer(() => Promise.reject(new Error('killed')))],
    [
      'when the round has recorded it, and nobody was told',
      () =>
        writer(async (facts) => {
          await intoRound(facts);
          throw new Error('killed');
        }),
    ],
  ];

  it.each(cutOff)('makes one snapshot where it was cut off %s', async (_, dying) => {
    await expect(dying().make(wanted)).rejects.toThrow('killed');
    await writer().make(wanted);
    await expectOne();
  });

  it('makes one snapshot, however often it is run, also at once and from several processes', async () => {
    const [otherLog, otherDocuments] = [
      openSqliteEventStore(join(folder, 'events.db')),
      openSqliteDocumentStore(join(folder, 'documents.db')),
    ];
    const other = new SnapshotWriter(otherLog, otherDocuments, catalog, intoRound);
    // The double of the round lets the loser of a race fail, as a job that is tried again.
    const runs = await Promise.allSettled([writer().make(wanted), other.make(wanted), writer().make(wanted)]);
    expect(runs.some(({ status }) => status === 'fulfilled')).toBe(true);
    await Promise.all([writer().make(wanted), other.make(wanted)]);
    await expectOne();
    await otherLog.close();
    await otherDocuments.close();
  });

  it('stops where it is told to, and writes nothing', async () => {
    const stop = AbortSignal.abort(new Error('stopped'));
    await expect(writer().make(wanted, { signal: stop })).rejects.toThrow('stopped');
    expect(await kept()).toBe(0);
    expect(recorded).toEqual([]);
  });

  it('fails where the log recorded other bytes, and overwrites nothing', async () => {
    await intoRound({
      ...{ ...wanted, planId: goldenEvents().findLast(({ type }) => type === 'RoundFrozen')!.data['planId'] as string },
      ...{ snapshotId, rule: 1, sha256: 'f'.repeat(64), bytes: 7, commandId: 'other' },
    });
    await expect(writer().make(wanted)).rejects.toMatchObject({ code: 'snapshot-differs', where: 'recorded' });
    expect(await kept()).toBe(0);
    expect(await archive().verify(tenant, snapshotId, listening)).toMatchObject({ verdict: 'recorded-hash-differs' });
  });

  it('finds bytes that were tampered with, and serves none of them', async () => {
    await writer().make(wanted);
    const found = (await documents.get<Document & { version: number; text: string }>(snapshotCollection, snapshotId))!;
    const { _position: _, ...document } = found;
    const text = document.text.replace('"delayed"', '"on-track"');
    expect(await documents.compareAndSet(snapshotCollection, { ...document, text, version: 2 }, 1)).toBe(true);
    expect(await archive().verify(tenant, snapshotId, listening)).toMatchObject({ verdict: 'kept-bytes-differ' });
    await expect(archive().read(tenant, snapshotId, listening)).rejects.toMatchObject({
      code: 'snapshot-differs',
      where: 'kept',
    });
    await expect(writer().make(wanted)).rejects.toMatchObject({ code: 'snapshot-differs', where: 'kept' });
  });

  it('names the streams that are not whole, whether the log still gives the same bytes or nothing', async () => {
    await writer().make(wanted);
    const { planId } = (await archive().ofRound(tenant, roundId))[0]!;
    const item = (await log.readAll({ tenant, limit: 1_000 })).find(
      ({ data, type }) => type === 'ItemAdopted' && data['planId'] === planId,
    );
    const { stream } = item!;
    const { trim, write } = meddleWithFile(join(folder, 'events.db'));
    await write(stream, [{ type: 'ItemAssessed', data: {} }]);
    const { revision } = (await log.readStream(stream).catch(({ left }: LogDamaged) => left)).at(-1)!;
    expect(await archive().verify(tenant, snapshotId, listening)).toMatchObject({
      verdict: 'same',
      damagedStreams: 1,
      damaged: [{ stream, awaited: revision + 1, found: revision + 1 }],
    });
    const notes = new DamageNotes();
    await notes.during(() => archive().compare(tenant, snapshotId, 'now', listening));
    expect(notes.found).toEqual([{ stream, awaited: revision + 1, found: revision + 1 }]);
    await trim(stream, 1);
    const failure: unknown = await archive()
      .verify(tenant, snapshotId, listening)
      .catch((error: unknown) => error);
    const told = failure instanceof LogDamaged ? [failure.damage] : (failure as { damaged: unknown }).damaged;
    expect(told).toMatchObject([{ stream, awaited: 0, found: 1 }]);
  });

  it('makes what was lost again from the log', async () => {
    const { sha256 } = (await writer().make(wanted))!;
    await documents.drop(snapshotCollection);
    expect(await archive().verify(tenant, snapshotId, listening)).toMatchObject({ verdict: 'kept-bytes-missing' });
    expect((await archive().read(tenant, snapshotId, listening)).sha256).toBe(sha256);
    await writer().make(wanted);
    expect(recorded).toHaveLength(1);
    expect(await archive().verify(tenant, snapshotId, listening)).toMatchObject({ verdict: 'same' });
  });

  describe('where a round was frozen again in another log', () => {
    let other: EventStore;

    /** The same round, whose freeze is another event, and of which something else was said. */
    beforeEach(async () => {
      other = openSqliteEventStore(join(folder, 'other.db'));
      const said = goldenEvents().filter(({ type }) => type !== 'SnapshotRecorded');
      const events = said.map((event) =>
        event.type === 'RoundFrozen' || event.type === 'ItemAssessed'
          ? {
              ...event,
              id: idOf('other', event.id),
              data: { ...event.data, ...(event.type === 'ItemAssessed' && { motivation: 'Sagt i en annan logg' }) },
            }
          : event,
      );
      await record(other, events);
    });
    afterEach(() => other.close());

    const refrozen = () =>
      new SnapshotWriter(other, documents, catalog, async (facts) => {
        const events = await other.readStream(`${tenant}.round-${roundId}`);
        const { bytes, issue, planId, rule, sha256 } = facts;
        const data = { roundId, planId, snapshotId: facts.snapshotId, issue, rule, sha256, bytes };
        const event = { ...events.at(-1)!, id: idOf('again', facts.commandId), type: 'SnapshotRecorded', data };
        await other.append(`${tenant}.round-${roundId}`, [event], events.length - 1);
      });

    async function expectItsOwn(lost: string): Promise<void> {
      const { sha256 } = (await refrozen().make(wanted))!;
      expect(sha256).not.toBe(lost);
      const archived = archiveOf(other);
      expect((await archived.read(tenant, snapshotId, listening)).sha256).toBe(sha256);
      expect(await archived.verify(tenant, snapshotId, listening)).toMatchObject({ verdict: 'same' });
      // What was made of the other log is overwritten by nobody.
      expect((await archive().read(tenant, snapshotId, listening)).sha256).toBe(lost);
    }

    it('makes its snapshot beside the one of the log that is gone', async () => {
      await expectItsOwn((await writer().make(wanted))!.sha256);
    });

    it('does so also where it was not yet kept which event bounds a snapshot', async () => {
      const { sha256 } = (await writer().make(wanted))!;
      const kept = (await documents.get<Document & { version: number }>(snapshotCollection, snapshotId))!;
      const { _position: _, boundBy: __, ...older } = kept as typeof kept & { boundBy: string };
      expect(await documents.compareAndSet(snapshotCollection, { ...older, version: 2 }, 1)).toBe(true);
      expect((await archive().read(tenant, snapshotId, listening)).sha256).toBe(sha256);
      await expectItsOwn(sha256);
    });

    it('makes none for an event that the log has lost', async () => {
      const frozen = goldenEvents().find(({ type }) => type === 'RoundFrozen')!;
      expect(await refrozen().make({ ...wanted, boundBy: frozen.id })).toBeUndefined();
      expect(await refrozen().make({ ...wanted, roundId: idOf('gone'), boundBy: frozen.id })).toBeUndefined();
      const again = { ...frozen, stream: `${tenant}.round-${roundId}`, revision: 0, position: '1' };
      expect(snapshotJobOf(again, catalog)!.key).not.toBe(
        snapshotJobOf({ ...again, id: idOf('other', frozen.id) }, catalog)!.key,
      );
    });
  });

  it('splits what is too long for a document, between characters', async () => {
    const shelf = new SnapshotShelf(documents, 100);
    const bytes = await readFile(join(goldenFolder, 'issue-1.json'));
    const text = Buffer.from(`${'a'.repeat(99)}😀${bytes.toString()}`);
    const facts = { snapshotId, ...wanted, planId: 'p', rule: 1, sha256: await sha256Of(text), bytes: text.length };
    await shelf.keep(facts, text, 'event');
    expect(await documents.count(snapshotPartCollection, {})).toBeGreaterThan(200);
    expect((await shelf.bytes(snapshotId, 'event'))!.equals(text)).toBe(true);
    expect(await shelf.facts(snapshotId)).toEqual(facts);
  });

  it('reads what is long in parts, and lets others have their turn between them', async () => {
    const text = Buffer.from('å'.repeat(4_000_000));
    const facts = { snapshotId, ...wanted, planId: 'p', rule: 1, sha256: await sha256Of(text), bytes: text.length };
    await new SnapshotShelf(documents).keep(facts, text, 'event');
    let reading = true;
    const read = new SnapshotShelf(documents).bytes(snapshotId, 'event').finally(() => (reading = false));
    let turns = 0;
    for (; reading; turns++) await setImmediate();
    expect((await read)!.equals(text)).toBe(true);
    expect(turns).toBeGreaterThan(3);
  });

  it('compares with another issue, and with what is known now', async () => {
    await writer().make(wanted);
    await writer().make({ ...wanted, issue: 2 });
    const other = await archive().compare(tenant, snapshotId, snapshotIdOf(tenant, roundId, 2), listening);
    expect(other.changedItems.map(({ item }) => item.label)).toEqual(['Uppdrag 7']);
    const now = await archive().compare(tenant, snapshotId, 'now', listening);
    expect(now.changedItems.map(({ item }) => item.label)).toEqual(['Uppdrag 7', 'Uppdrag 34']);
    expect(now.now).toMatchObject({ issue: null, frozenAt: null });
  });

  it('knows nothing of the snapshots of another tenant', async () => {
    await writer().make(wanted);
    await expect(archive().read('umea', snapshotId, listening)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('works as a job that tells how far it has come', async () => {
    const told: number[][] = [];
    const handler = makeSnapshotHandler(writer());
    const progress = (done: number, total: number): void => void told.push([done, total]);
    const run = { progress, signal: new AbortController().signal } as unknown as JobRun;
    const answer = await handler.run({ ...wanted }, run);
    expect(answer).toMatchObject({ snapshotId });
    expect(told.at(-1)![0]).toBe(told.at(-1)![1]);
    await expect(handler.run({}, run)).rejects.toThrow(TypeError);
  });
});
