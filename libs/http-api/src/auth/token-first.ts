import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { RequestTurns } from '../bounds/request-turns.js';
import type { RateLimits } from '../bounds/rate-limits.js';
import type { AuthenticatedRequest } from '../requests/request-context.js';
import { traitsOf } from '../requests/route-traits.js';
import { Unauthenticated } from './token-verifier.js';
import type { TokenVerifier } from './token-verifier.js';

/**
 * Checks the token of a request, that there are not too many, and that it is its tenant's turn, before anything of its body is
 * read: what nobody vouches for costs nothing but its head.
 * @param isOpen whether a path needs no token though no controller says so, such as the API's documentation
 */
export const tokenFirst =
  (
    verifier: TokenVerifier,
    limits: RateLimits,
    turns: RequestTurns,
    isOpen: (path: string) => boolean,
  ): onRequestAsyncHookHandler =>
  async (request, reply) => {
    if (traitsOf(request).open || isOpen(request.routeOptions.url ?? '')) return;
    const known = await limits.requireToken(request);
    const token = await orRefused(request, limits, async () => tokenOf(request));
    // What it costs to check a token is of the turn of whose it is; of one that nobody knows yet, of its address.
    const free = await turns.take(known ?? `address ${request.ip}`, reply.raw);
    // While it waited others of its address may have been refused.
    if (known === undefined) await limits.requireToken(request);
    const principal = await orRefused(request, limits, () => verifier.verify(token));
    (request as AuthenticatedRequest).principal = principal;
    await limits.requireTenant(request);
    if (known !== undefined) return;
    free();
    await turns.take(principal.tenant, reply.raw);
  };

/** Notes a token that does not hold. */
async function orRefused<Checked>(
  request: FastifyRequest,
  limits: RateLimits,
  check: () => Promise<Checked>,
): Promise<Checked> {
  try {
    return await check();
  } catch (error) {
    if (error instanceof Unauthenticated) await limits.refused(request);
    throw error;
  }
}

/** @throws Unauthenticated where there is none */
function tokenOf({ headers: { authorization } }: FastifyRequest): string {
  const token = /^Bearer ([A-Za-z0-9._~+/=-]+)$/i.exec(authorization ?? '')?.[1];
  if (!token) throw new Unauthenticated();
  return token;
}
