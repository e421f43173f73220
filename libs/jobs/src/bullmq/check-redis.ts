import { CallerConnection } from './redis-connections.js';

export interface RedisCheck {
  /** What Redis does when its memory is full: only `noeviction` keeps every job. */
  readonly evictionPolicy: string;
  /** When a write is on the disk. `unknown` where Redis keeps a log of writes but does not tell its configuration. */
  readonly persistence: 'every write' | 'every second' | 'when the system likes' | 'snapshots at most' | 'unknown';
  /** What an operator should mend, as sentences. */
  readonly faults: readonly string[];
}

const persistences: Readonly<Record<string, RedisCheck['persistence']>> = {
  always: 'every write',
  everysec: 'every second',
  no: 'when the system likes',
};

/** Looks whether a Redis keeps what it is given. @throws StoreUnavailable */
export async function checkRedis(url: string): Promise<RedisCheck> {
  const connection = new CallerConnection(url);
  try {
    return await connection.answer(async () => {
      const info = await connection.client.info();
      const evictionPolicy = fieldOf(info, 'maxmemory_policy') ?? 'unknown';
      // A hosted Redis may refuse to tell its configuration.
      const [, fsync] = (await connection.client.config('GET', 'appendfsync').catch(() => [])) as string[];
      const persistence =
        fieldOf(info, 'aof_enabled') === '1' ? (persistences[fsync ?? ''] ?? 'unknown') : 'snapshots at most';
      return { evictionPolicy, persistence, faults: faultsOf(evictionPolicy, persistence) };
    });
  } finally {
    connection.close();
  }
}

function faultsOf(evictionPolicy: string, persistence: RedisCheck['persistence']): string[] {
  return [
    ...(evictionPolicy === 'noeviction'
      ? []
      : [`maxmemory-policy is ${evictionPolicy}: Redis may throw jobs away when its memory is full; set noeviction`]),
    ...(persistence === 'every write'
      ? []
      : [
          `Redis writes to the disk: ${persistence}. Jobs may be lost when it is killed; set appendonly yes, appendfsync always`,
        ]),
  ];
}

const fieldOf = (info: string, field: string): string | undefined =>
  new RegExp(`^${field}:(.*?)\\r?$`, 'm').exec(info)?.[1];
