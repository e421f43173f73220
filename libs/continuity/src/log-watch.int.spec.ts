import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { DocumentStore } from '#document-store';
import { openSqliteDocumentStore } from '#document-store/sqlite';
import { cursorOf } from '#event-store';
import { openSqliteEventStore } from '#event-store/sqlite';
import { anEvent, copyOfLogFile, removeLogFile, replaceLogFile } from '#event-store/testing';
import { LogReplaced, pause, RuleViolation, StoreUnavailable } from '#kernel';
import { watchedLog } from './index.js';
import type { WatchedLog } from './index.js';

const actor = { id: 'operator', role: 'administrator' } as const;

describe('A watched log', () => {
  let folder: string;
  let file: string;
  let documents: DocumentStore;
  let opened: WatchedLog[];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sparbar-continuity-'));
    file = join(folder, 'events.db');
    documents = openSqliteDocumentStore(join(folder, 'documents.db'));
    opened = [];
  });
  afterEach(async () => {
    for (const { eventStore } of opened) await eventStore.close();
    await documents.close();
    await rm(folder, { recursive: true });
  });

  /** The log as one process has it. */
  function aProcess(): WatchedLog {
    const log = watchedLog(openSqliteEventStore(file), documents, { milliseconds: 20 });
    opened.push(log);
    return log;
  }

  const note = ({ eventStore }: WatchedLog, stream: string, revision = 0) =>
    eventStore.append(stream, [anEvent(revision)], revision === 0 ? 'no-stream' : revision - 1);

  async function until(holds: () => boolean): Promise<void> {
    for (const deadline = Date.now() + 10_000; !holds(); await pause(5)) {
      if (Date.now() > deadline) throw new Error('It did not come to that');
    }
  }

  /** A log of three events, of which a copy holds the first; and whoever has written it. */
  async function withCopy() {
    const writer = aProcess();
    await note(writer, 'uppsala.a-1');
    const copy = await copyOfLogFile(file);
    await note(writer, 'uppsala.a-2');
    await note(writer, 'uppsala.a-2', 1);
    return { writer, copy };
  }

  it('takes nothing by a process that never learnt what is known of it, until the documents answer', async () => {
    const { copy } = await withCopy();
    await replaceLogFile(file, copy);
    let away = true;
    const awayAtStart = Object.assign(Object.create(documents) as DocumentStore, {
      get: async (...parameters: Parameters<DocumentStore['get']>) => {
        if (away) throw new StoreUnavailable('document store', undefined);
        return documents.get(...parameters);
      },
      compareAndSet: (...parameters: Parameters<DocumentStore['compareAndSet']>) =>
        documents.compareAndSet(...parameters),
    });
    const late = watchedLog(openSqliteEventStore(file), awayAtStart, { milliseconds: 20 });
    opened.push(late);
    await expect(note(late, 'uppsala.c-1')).rejects.toThrow(StoreUnavailable);
    expect(await late.eventStore.readAll({ limit: 10 })).toHaveLength(1);
    away = false;
    await until(() => late.watch.replaced !== undefined);
    await expect(note(late, 'uppsala.c-1')).rejects.toThrow(LogReplaced);
    expect(await late.eventStore.readAll({ limit: 10 })).toHaveLength(1);
  });

  it('has nothing to accept while it is the one that is known', async () => {
    const { writer } = await withCopy();
    await writer.watch.look();
    expect(await writer.admin.status()).toEqual({ state: 'known' });
    await expect(writer.admin.accept('For nothing', actor)).rejects.toThrow(RuleViolation);
  });

  for (const [name, put] of [
    ['is empty', () => removeLogFile(file).then(() => openSqliteEventStore(file).close())],
    ['was restored from an older copy', (copy: string) => replaceLogFile(file, copy)],
    [
      'was restored from an older copy and has grown since',
      async (copy: string) => {
        await replaceLogFile(file, copy);
        const other = openSqliteEventStore(file);
        for (const id of [2, 3, 4, 5]) await other.append(`uppsala.b-${id}`, [anEvent(id)], 'no-stream');
        await other.close();
      },
    ],
  ] as [string, (copy: string) => Promise<void>][]) {
    it(`takes nothing where it ${name}, in no process, until it is accepted`, async () => {
      const { copy, writer } = await withCopy();
      const other = aProcess();
      await writer.watch.look();
      await put(copy);
      const held = (await writer.eventStore.readAll({ limit: 10 })).length;
      for (const each of [writer, other, aProcess()]) {
        await expect(note(each, 'uppsala.c-1')).rejects.toThrow(LogReplaced);
        expect(await each.admin.status()).toMatchObject({ state: 'replaced', replaced: { lost: { revision: 1 } } });
      }
      expect(await writer.eventStore.readAll({ limit: 10 })).toHaveLength(held);

      const { eventId } = await other.admin.accept('The disk was lost', actor);
      await until(() => opened.every(({ watch }) => watch.accepted?.eventId === eventId));
      for (const [index, each] of opened.entries()) await note(each, `uppsala.d-${index}`);
      const accepted = (await writer.eventStore.readAll({ limit: 10 }))[held];
      expect(accepted).toMatchObject({
        id: eventId,
        type: 'LogAccepted',
        data: { reason: 'The disk was lost', lost: { stream: 'uppsala.a-2', revision: 1 } },
        metadata: { tenant: 'system', actor },
      });
      expect(await aProcess().admin.status()).toMatchObject({ state: 'known', accepted: { eventId } });
    });
  }

  it('goes on by itself where the right one is brought back', async () => {
    const { copy, writer } = await withCopy();
    const right = await copyOfLogFile(file, `${file}-right`);
    await writer.watch.look();
    await replaceLogFile(file, copy);
    await expect(note(writer, 'uppsala.c-1')).rejects.toThrow(LogReplaced);
    await replaceLogFile(file, right);
    await until(() => writer.watch.replaced === undefined);
    await note(writer, 'uppsala.a-2', 2);
    expect(await aProcess().admin.status()).toEqual({ state: 'known' });
  });

  it('is found to be another again after it was accepted', async () => {
    const { copy, writer } = await withCopy();
    await writer.watch.look();
    await replaceLogFile(file, copy);
    await until(() => writer.watch.replaced !== undefined);
    const first = await writer.admin.accept('The first time', actor);
    await note(writer, 'uppsala.a-3');
    await replaceLogFile(file, copy);
    await expect(note(writer, 'uppsala.a-3', 1)).rejects.toThrow(LogReplaced);
    const second = await writer.admin.accept('The second time', actor);
    expect(second.eventId).not.toBe(first.eventId);
    await note(writer, 'uppsala.a-3');
  });

  it('is told of a place that is lost by whoever finds it, unless it was noted of a log that is gone', async () => {
    const { copy, writer } = await withCopy();
    const lost = cursorOf((await writer.eventStore.readStream('uppsala.a-2'))[1]!);
    await writer.eventStore.close();
    await documents.drop('log');
    await replaceLogFile(file, copy);
    const another = aProcess();
    await note(another, 'uppsala.a-1', 1);
    await expect(another.watch.check(lost, undefined)).rejects.toThrow(LogReplaced);
    const { eventId } = await another.admin.accept('The disk was lost', actor);
    await another.watch.check(lost, undefined);
    await expect(another.watch.check(lost, eventId)).rejects.toThrow(LogReplaced);
  });

  it('is known by what it says itself where the documents are older than its acceptance', async () => {
    const { copy, writer } = await withCopy();
    await writer.watch.look();
    await replaceLogFile(file, copy);
    await until(() => writer.watch.replaced !== undefined);
    const { eventId } = await writer.admin.accept('The disk was lost', actor);
    await writer.eventStore.close();
    await documents.drop('log');
    const another = aProcess();
    await note(another, 'uppsala.e-1');
    expect(another.watch.accepted).toMatchObject({ eventId });
  });
});
