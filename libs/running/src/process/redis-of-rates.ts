import type { Redis } from 'ioredis';
import type { Logger } from 'pino';
import { describeError, ToldFaults } from '#kernel';
import type { Lifecycle } from './lifecycle.js';

/** An answer that takes longer, in milliseconds, is worth less than the request that waits for it. */
const longest = 250;

/** The Redis of the jobs, where processes count requests together. While it is away nothing is counted, and nobody waits. */
export async function redisOfRates(url: string, logger: Logger, lifecycle: Lifecycle): Promise<Redis> {
  const { Redis } = await import('ioredis');
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    commandTimeout: longest,
    maxRetriesPerRequest: 0,
    retryStrategy: (times) => Math.min(times * 100, 5_000),
  });
  const told = new ToldFaults();
  redis.on('error', (error: Error) => {
    if (told.isNews(error)) logger.warn({ error: describeError(error) }, 'requests are not counted: Redis is away');
  });
  redis.on('ready', () => told.forget());
  lifecycle.add('rates', { stop: async () => redis.disconnect() });
  return redis;
}
