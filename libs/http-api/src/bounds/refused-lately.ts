import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LRUCache } from 'lru-cache';
import { newId } from '#kernel';

/** How a caller was told that it sends too much. */
interface Refusal {
  readonly id: string;
  readonly headers: Readonly<Record<string, number | string | string[] | undefined>>;
  readonly payload: string;
}

/**
 * Tells a caller that sends too much the same again, for as long as it holds, before anything else is done with its request:
 * what is refused thousands of times in a second must cost next to nothing, as others wait meanwhile. Only the first is logged.
 */
export class RefusedLately {
  readonly #refusals = new LRUCache<string, Refusal>({ max: 1_000 });
  readonly #until = new WeakMap<IncomingMessage, number>();

  /** @param milliseconds how long whatever else comes from this caller is refused too */
  note({ raw }: FastifyRequest, milliseconds: number): void {
    this.#until.set(raw, milliseconds);
  }

  /** Keeps what a caller is answered that was noted. */
  keep({ id, raw }: FastifyRequest, reply: FastifyReply, payload: unknown): void {
    const milliseconds = this.#until.get(raw);
    if (milliseconds === undefined || milliseconds <= 0 || typeof payload !== 'string') return;
    const { connection: _, ...headers } = reply.getHeaders();
    this.#refusals.set(nameOf(raw), { id, headers, payload }, { ttl: milliseconds });
  }

  /** Asks here first whatever comes to a server. */
  comeFirst(server: Server): void {
    const others = server.listeners('request') as RequestListener[];
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      const refusal = isCounted(request) ? this.#refusals.get(nameOf(request)) : undefined;
      if (refusal) refuse(refusal, request, response);
      else for (const handle of others) handle(request, response);
    });
  }
}

/** Health, preflights and what describes the API are for everybody. */
const isCounted = ({ headers, method, url = '' }: IncomingMessage): boolean =>
  headers.authorization !== undefined && method !== 'OPTIONS' && /^\/v1\/(?!docs|openapi\.json|api-info)/.test(url);

/** The same caller, who is told the same in the same language. */
const nameOf = ({ headers: { 'accept-language': language = '', authorization = '', origin = '' } }: IncomingMessage) =>
  `${authorization}\n${language}\n${origin}`;

function refuse(
  { headers, id, payload }: Refusal,
  { headers: asked }: IncomingMessage,
  response: ServerResponse,
): void {
  const [own, length] = [newId(), Buffer.byteLength(payload)];
  const hasBody = asked['transfer-encoding'] !== undefined || Number(asked['content-length'] ?? 0) > 0;
  // What is refused before it was read would else go on coming.
  response.writeHead(429, {
    ...headers,
    'content-length': length,
    'x-request-id': own,
    ...(hasBody && { connection: 'close' }),
  });
  response.end(payload.replace(id, own));
}
