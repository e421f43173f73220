import type { EventStore } from '#event-store';
import { LogDamaged } from '#kernel';
import type { Damage } from '#kernel';

/** How many streams are asked for at a time. */
const atOnce = 16;

/**
 * Which streams no longer hold what the log as a whole still gives of them: a server that trims a stream gives less of it
 * at once, and takes it out of the log later.
 * @param streams and the revision that each has come to
 * @param signal ends it, with its reason
 */
export async function damageOf(
  store: Pick<EventStore, 'readStream'>,
  streams: ReadonlyMap<string, number>,
  signal?: AbortSignal,
): Promise<Damage[]> {
  const damaged: Damage[] = [];
  const left = streams.entries();
  const look = async () => {
    for (const [stream, newest] of left) {
      signal?.throwIfAborted();
      const damage = await damageOfStream(store, stream, newest);
      if (damage) damaged.push(damage);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, look));
  return damaged.sort((one, other) => (one.stream < other.stream ? -1 : 1));
}

/** Streams lose their beginnings; so that is looked at, and what lies at their ends. */
async function damageOfStream(
  store: Pick<EventStore, 'readStream'>,
  stream: string,
  newest: number,
): Promise<Damage | undefined> {
  try {
    const [first] = await store.readStream(stream, { limit: 1 });
    if (!first) return { stream, awaited: 0, found: undefined };
    await store.readStream(stream, { after: newest - 1 });
    return undefined;
  } catch (error) {
    if (error instanceof LogDamaged) return error.damage;
    throw error;
  }
}
