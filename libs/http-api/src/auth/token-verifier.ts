import { readFile } from 'node:fs/promises';
import { createLocalJWKSet, createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWTPayload, JWTVerifyGetKey } from 'jose';
import { DomainError, isId, isTenant, roles, StoreUnavailable } from '#kernel';
import type { Role } from '#kernel';
import type { Principal } from './principal.js';

/** There is no token, or it does not hold. */
export class Unauthenticated extends DomainError {
  readonly code = 'unauthenticated';
  readonly status = 401;
  readonly title = 'The token is missing or does not hold';
}

export interface TokenRules {
  readonly issuer?: string;
  readonly audience?: string;
}

const algorithms = ['ES256', 'ES384', 'EdDSA', 'RS256', 'PS256'];

/** Checks bearer tokens: JWTs that a known key has signed, with `sub`, `tenant`, `role` and, for a reporter, `body`. */
export class TokenVerifier {
  constructor(
    private readonly keys: JWTVerifyGetKey,
    private readonly rules: TokenRules = {},
  ) {}

  /** Keys that an identity provider publishes. */
  static fromUrl(url: URL, rules: TokenRules): TokenVerifier {
    return new TokenVerifier(createRemoteJWKSet(url), rules);
  }

  /** Keys in a file, as a JWK Set. @throws Error where the file holds none */
  static async fromFile(file: string, rules: TokenRules): Promise<TokenVerifier> {
    return TokenVerifier.fromKeys(JSON.parse(await readFile(file, 'utf8')) as JSONWebKeySet, rules);
  }

  static fromKeys(keys: JSONWebKeySet, rules: TokenRules = {}): TokenVerifier {
    return new TokenVerifier(createLocalJWKSet(keys), rules);
  }

  /** @throws Unauthenticated; StoreUnavailable where the keys cannot be fetched */
  async verify(token: string): Promise<Principal> {
    return principalOf(await this.#payloadOf(token));
  }

  async #payloadOf(token: string): Promise<JWTPayload> {
    try {
      const required = { requiredClaims: ['sub', 'exp', 'tenant', 'role'], algorithms };
      return (await jwtVerify(token, this.keys, { ...required, ...this.rules })).payload;
    } catch (error) {
      const unreachable = error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError);
      if (unreachable) throw new StoreUnavailable('source of keys', error);
      throw new Unauthenticated(`The token does not hold: ${error.message}`);
    }
  }
}

function principalOf({ body, role, sub, tenant }: JWTPayload): Principal {
  if (typeof sub !== 'string' || sub === '') throw new Unauthenticated('The token names no subject');
  if (typeof tenant !== 'string' || !isTenant(tenant)) throw new Unauthenticated('The token names no tenant');
  if (!isRole(role)) throw new Unauthenticated(`The role in the token must be one of ${roles.join(', ')}`);
  if (body !== undefined && (typeof body !== 'string' || !isId(body))) {
    throw new Unauthenticated('The body in the token must be the id of a body');
  }
  if (role === 'reporter' && body === undefined) throw new Unauthenticated('The token of a reporter names its body');
  return { tenant, actor: { id: sub, role, ...(body !== undefined && { body }) } };
}

const isRole = (role: unknown): role is Role => (roles as readonly unknown[]).includes(role);
