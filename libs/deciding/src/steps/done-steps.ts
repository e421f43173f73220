import { setImmediate as othersTurn } from 'node:timers/promises';
import type { EventStore } from '#event-store';

const pageSize = 500;

/** Where a decision stands in the log. */
interface Decided {
  readonly tenant: string;
  readonly position: string;
}

/**
 * Which of some commands that follow from a decision are carried out, as the log tells now. It costs what the tenant has recorded
 * since the decision, however long the stories are that its steps are about.
 * @param commandIds of its steps
 */
export async function stepsDone(
  eventStore: Pick<EventStore, 'readAll'>,
  { position, tenant }: Decided,
  commandIds: Iterable<string>,
): Promise<ReadonlySet<string>> {
  const open = new Set(commandIds);
  const done = new Set<string>();
  for (let after = position; open.size > 0;) {
    const page = await eventStore.readAll({ tenant, after, limit: pageSize });
    const last = page.at(-1);
    if (!last) break;
    for (const { metadata } of page) if (open.delete(metadata.commandId)) done.add(metadata.commandId);
    after = last.position;
    await othersTurn();
  }
  return done;
}
