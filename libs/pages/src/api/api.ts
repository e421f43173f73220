import type { FastifyInstance } from 'fastify';
import { newId } from '#kernel';
import { ApiRefused } from './api-refused.js';
import type { Problem } from './api-refused.js';

/** What of the query of a page goes on to the API; what is undefined or empty is left out. */
export type Query = Readonly<Record<string, string | undefined>>;

interface Listed<T> {
  readonly items: readonly T[];
  readonly total: number;
}

/** The most that the API gives of a list at once. */
const largestPage = 200;

/**
 * The public API, asked within the process on behalf of somebody: pages get what every other application gets, by the same
 * rights, and nothing else.
 */
export class Api {
  constructor(
    private readonly fastify: FastifyInstance,
    /** Whoever asks, as the API knows them. */
    private readonly token: string,
    private readonly address: string,
    /** The position of what was just recorded, which answers are to hold; none where nothing was. */
    private readonly after?: string,
  ) {}

  /** @throws ApiRefused */
  get<T>(path: string, query: Query = {}): Promise<T> {
    return this.#ask('GET', withQuery(path, { ...query, waitFor: this.after }));
  }

  /** What is no JSON, as it is. @throws ApiRefused */
  text(path: string): Promise<string> {
    return this.#ask('GET', path, undefined, (body) => body);
  }

  /** Every one of a list, page after page, up to a number that a page can show. @throws ApiRefused */
  async all<T>(path: string, query: Query = {}, most = 1_000): Promise<Listed<T>> {
    const items: T[] = [];
    for (;;) {
      const limit = String(Math.min(largestPage, most - items.length));
      const page = await this.get<Listed<T>>(path, { ...query, limit, offset: String(items.length) });
      items.push(...page.items);
      if (items.length >= Math.min(page.total, most) || page.items.length === 0) return { items, total: page.total };
    }
  }

  /** @param body the request of a command. @throws ApiRefused */
  post<T>(path: string, body: object): Promise<T> {
    return this.#ask('POST', path, body);
  }

  async #ask<T>(
    method: 'GET' | 'POST',
    url: string,
    payload?: object,
    read = (body: string): T => JSON.parse(body) as T,
  ): Promise<T> {
    const { body, statusCode } = await this.fastify.inject({
      method,
      url,
      remoteAddress: this.address,
      headers: {
        authorization: `Bearer ${this.token}`,
        'accept-language': 'sv',
        ...(payload && { 'idempotency-key': newId() }),
      },
      ...(payload && { payload }),
    });
    if (statusCode >= 400) throw new ApiRefused({ ...(JSON.parse(body) as Problem), status: statusCode });
    return read(body);
  }
}

function withQuery(path: string, query: Query): string {
  const given = Object.entries(query).filter((pair): pair is [string, string] => Boolean(pair[1]));
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`;
}
