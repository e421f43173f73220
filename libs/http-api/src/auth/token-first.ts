import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import type { RequestTurns } from '../bounds/request-turns.js';
import type { RateLimits } from '../bounds/rate-limits.js';
import type { AuthenticatedRequest } from '../requests/request-context.js';
import { traitsOf } from '../requests/route-traits.js';
import type { Principal } from './principal.js';
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
    await limits.requireToken(request);
    const principal = await principalOf(request, verifier, limits);
    (request as AuthenticatedRequest).principal = principal;
    await limits.requireTenant(request);
    await turns.take(principal.tenant, reply.raw);
  };

async function principalOf(request: FastifyRequest, verifier: TokenVerifier, limits: RateLimits): Promise<Principal> {
  try {
    return await verifier.verify(tokenOf(request));
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
