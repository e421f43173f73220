import { createHash } from 'node:crypto';
import fastifyRateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Redis } from 'ioredis';
import { LRUCache } from 'lru-cache';
import { RefusedLately } from './refused-lately.js';
import { TooManyRequests } from './too-many-requests.js';
import type { RatedBy } from './too-many-requests.js';

/** How many requests are taken in a second; 0 takes any number. */
export interface Rates {
  /** Of one token. */
  readonly token: number;
  /** Of all tokens of one tenant. */
  readonly tenant: number;
  /** Of one address, without a token that holds. */
  readonly address: number;
}

export const usualRates: Rates = { token: 1_000, tenant: 3_000, address: 500 };

type Limiter = ReturnType<FastifyInstance['createRateLimit']>;

const second = 1_000;

/**
 * Counts the requests of each second by token, tenant and address. Where processes share a Redis they count together; what
 * Redis does not count while it is away is let through.
 */
export class RateLimits {
  readonly #lately = new RefusedLately();
  readonly #limiters: Readonly<Record<RatedBy, Limiter | undefined>>;
  /** The tenants of tokens that held lately: their requests are let through from an address that others send forgeries from. */
  readonly #known = new LRUCache<string, string>({ max: 10_000, ttl: 60 * second });

  private constructor(
    private readonly rates: Rates,
    fastify: FastifyInstance,
  ) {
    const limiter = (by: RatedBy, keyOf: (request: FastifyRequest) => string): Limiter | undefined =>
      rates[by] === 0
        ? undefined
        : fastify.createRateLimit({
            max: rates[by],
            timeWindow: second,
            keyGenerator: (request) => `${by}:${keyOf(request)}`,
          });
    this.#limiters = {
      address: limiter('address', ({ ip }) => ip),
      tenant: limiter('tenant', tenantOf),
      token: limiter('token', nameOf),
    };
    fastify.addHook('onSend', async (request, reply, payload) => {
      this.#lately.keep(request, reply, payload);
      return payload;
    });
    this.#lately.comeFirst(fastify.server);
  }

  /** @param redis where the processes of an installation count together; each counts for itself where it is left out */
  static async on(fastify: FastifyInstance, rates: Rates, redis?: Redis): Promise<RateLimits> {
    await fastify.register(fastifyRateLimit, {
      global: false,
      skipOnError: true,
      cache: 10_000,
      nameSpace: 'sparbar:rates:',
      ...(redis && { redis }),
    });
    return new RateLimits(rates, fastify);
  }

  /**
   * Before the token is checked, which costs more than to count. One that is not known to hold is nobody's yet: whoever sends
   * it, or none, counts by address alone, so that nobody uses up what others may send.
   * @returns the tenant whose token it was when it held lately; undefined where it is not known
   * @throws TooManyRequests
   */
  async requireToken(request: FastifyRequest): Promise<string | undefined> {
    const tenant = this.#known.get(nameOf(request));
    await (tenant === undefined ? this.#require('address', request, false) : this.#require('token', request));
    return tenant;
  }

  /** Notes that a token did not hold. */
  async refused(request: FastifyRequest): Promise<void> {
    await this.#limiters.address?.(request);
  }

  /** When the token holds. @throws TooManyRequests */
  async requireTenant(request: FastifyRequest): Promise<void> {
    const name = nameOf(request);
    const isNew = !this.#known.has(name);
    this.#known.set(name, tenantOf(request));
    if (isNew) await this.#require('token', request);
    await this.#require('tenant', request);
  }

  async #require(by: RatedBy, request: FastifyRequest, increment = true): Promise<void> {
    const counted = await this.#limiters[by]?.(request, { increment });
    if (!counted || counted.isAllowed) return;
    const isTooMuch = increment ? counted.isExceeded : counted.remaining === 0;
    if (!isTooMuch) return;
    // Who has no token that holds may yet send one that does.
    if (by !== 'address') this.#lately.note(request, counted.ttl);
    throw new TooManyRequests(by, this.rates[by]);
  }
}

/** What a token is called where it is counted: nothing that could be used as one. */
const nameOf = ({ headers: { authorization = '' } }: FastifyRequest): string =>
  createHash('sha256').update(authorization).digest('base64url');

const tenantOf = (request: FastifyRequest): string =>
  (request as FastifyRequest & { readonly principal?: { readonly tenant: string } }).principal?.tenant ?? '';
