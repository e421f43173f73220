import { join } from 'node:path';
import { openSqliteEventStore } from '#event-store/sqlite';
import { startOfLog } from '#kernel';
import type { StoredEvent } from '#kernel';

/** Every event of a type in the log of a folder that no process has open. */
export async function recordedIn(folder: string, wanted: string): Promise<StoredEvent[]> {
  const store = openSqliteEventStore(join(folder, 'events.db'));
  const events: StoredEvent[] = [];
  for (let after = startOfLog; ; after = events.at(-1)!.position) {
    const page = await store.readAll({ after, limit: 1_000 });
    if (page.length === 0) break;
    events.push(...page);
  }
  await store.close();
  return events.filter(({ type }) => type === wanted);
}
