import Database from 'libsql';
import { newId } from '#kernel';
import type { Meddling } from '../../testing/meddled-log.features.js';

/** Edits the file of a log as somebody does with a tool of their own, past the triggers that would keep them. */
export function meddleWithFile(file: string) {
  const edit = (work: (database: Database.Database) => void) => {
    const database = new Database(file);
    database.exec('DROP TRIGGER IF EXISTS events_remain; DROP TRIGGER IF EXISTS events_stay');
    work(database);
    database.close();
  };
  return {
    write: async (stream: string, events: readonly Meddling[]) =>
      edit((database) => {
        const insert = database.prepare(
          `INSERT INTO events (stream, revision, id, type, tenant, data, metadata)
           SELECT ?, (SELECT coalesce(max(revision), -1) + 1 FROM events WHERE stream = ?), ?, ?, ?, ?, ?`,
        );
        for (const { data, metadata, type } of events) {
          const text = data instanceof Uint8Array ? String.fromCharCode(...data) : JSON.stringify(data);
          insert.run(stream, stream, newId(), type, stream.split('.')[0], text, JSON.stringify(metadata ?? null));
        }
      }),
    trim: async (stream: string, before: number) =>
      edit((database) => {
        database.prepare('DELETE FROM events WHERE stream = ? AND revision < ?').run(stream, before);
      }),
    removeStream: async (stream: string) =>
      edit((database) => {
        database.prepare('DELETE FROM events WHERE stream = ?').run(stream);
      }),
  };
}
