import { EventEmitter } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { beforeEach, describe, expect, it } from '@jest/globals';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { RateLimits } from '../bounds/rate-limits.js';
import { RequestTurns } from '../bounds/request-turns.js';
import { tokenFirst } from './token-first.js';
import type { TokenVerifier } from './token-verifier.js';

/** The tenant stands in the token, which is checked without end until the spec says so. */
describe('A token', () => {
  let checked: string[];
  let known: Set<string>;
  let ask: (tenant: string, ip?: string) => { readonly ip: string; readonly principal?: unknown };
  let answered: () => void;
  beforeEach(() => {
    [checked, known] = [[], new Set()];
    let holds = () => undefined as void;
    const held = new Promise<void>((resolve) => (holds = resolve));
    answered = holds;
    const verify = async (tenant: string) => {
      checked.push(tenant);
      await held;
      return { tenant, actor: { id: 'someone', role: 'reader' } };
    };
    const limits = {
      requireToken: async ({ headers: { authorization = '' } }: FastifyRequest) =>
        known.has(authorization) ? authorization.slice('Bearer '.length) : undefined,
      requireTenant: async ({ headers: { authorization = '' } }: FastifyRequest) => void known.add(authorization),
    };
    const hook = tokenFirst(
      { verify } as unknown as TokenVerifier,
      limits as unknown as RateLimits,
      new RequestTurns({ atOnce: 2, waiting: 5 }, 60_000, 0),
      () => false,
    );
    ask = (tenant, ip = '198.51.100.7') => {
      const request = { ip, headers: { authorization: `Bearer ${tenant}` }, routeOptions: { config: {} } };
      Promise.resolve(
        hook.call(
          undefined as never,
          request as unknown as FastifyRequest,
          { raw: new EventEmitter() } as FastifyReply,
        ),
      ).catch(() => undefined);
      return request;
    };
  });
  const soon = async () => {
    for (let each = 0; each < 10; each++) await turn();
  };

  it('that held lately is checked in the turn of its tenant', async () => {
    known.add('Bearer loud').add('Bearer quiet');
    for (let each = 0; each < 8; each++) ask('loud');
    await turn();
    expect(checked).toEqual(['loud']);
    ask('quiet');
    await turn();
    expect(checked.slice(0, 3)).toContain('quiet');
    await soon();
    // Two at once: the others wait unchecked.
    expect(checked.filter((tenant) => tenant === 'loud')).toHaveLength(2);
  });

  it('that is not known is checked in the turn of its address, and its request waits for its tenant', async () => {
    for (let each = 0; each < 8; each++) ask('forged');
    const other = ask('quiet', '198.51.100.8');
    await soon();
    expect(checked.filter((tenant) => tenant === 'forged')).toHaveLength(2);
    expect(checked).toContain('quiet');
    answered();
    await soon();
    expect(other.principal).toMatchObject({ tenant: 'quiet' });
    expect(known).toContain('Bearer quiet');
  });
});
