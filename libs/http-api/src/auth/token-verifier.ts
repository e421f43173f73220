import { readFile } from 'node:fs/promises';
import { createLocalJWKSet, errors, jwtVerify } from 'jose';
import type { JSONWebKeySet, JWTPayload, JWTVerifyGetKey } from 'jose';
import { DomainError, isId, isTenant, roles, say, verbatim } from '#kernel';
import type { Role } from '#kernel';
import { KeyServer } from './key-server.js';
import type { KeyServerOptions } from './key-server.js';
import { keysOf } from './key-set.js';
import { KeysUnavailable } from './keys-unavailable.js';
import type { Principal } from './principal.js';
import type { Said } from '#kernel';

/** There is no token, or it does not hold. */
export class Unauthenticated extends DomainError {
  readonly code = 'unauthenticated';
  readonly status = 401;
  readonly title = { en: 'The token is missing or does not hold', sv: 'Åtkomstbeviset saknas eller gäller inte' };

  constructor(said: Said = noToken()) {
    super(said);
  }
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
    private readonly server?: KeyServer,
  ) {}

  /** Keys that an identity provider publishes. It need not answer yet: it is asked when a token comes. */
  static fromUrl(url: URL, rules: TokenRules, options?: KeyServerOptions): TokenVerifier {
    const server = new KeyServer(url, options);
    return new TokenVerifier(server.keyOf, rules, server);
  }

  /** Keys in a file, as a JWK Set. @throws Error where the file holds none */
  static async fromFile(file: string, rules: TokenRules): Promise<TokenVerifier> {
    return new TokenVerifier(keysOf(JSON.parse(await readFile(file, 'utf8'))), rules);
  }

  static fromKeys(keys: JSONWebKeySet, rules: TokenRules = {}): TokenVerifier {
    return new TokenVerifier(createLocalJWKSet(keys), rules);
  }

  /** Answers where tokens can be checked. @throws KeysUnavailable */
  async ready(): Promise<void> {
    await this.server?.ready();
  }

  /** Why there were no keys when they were asked for last; undefined where there were. */
  get trouble(): KeysUnavailable | undefined {
    return this.server?.trouble;
  }

  /** @throws Unauthenticated; KeysUnavailable where it cannot be known whether the token holds */
  async verify(token: string): Promise<Principal> {
    return principalOf(await this.#payloadOf(token));
  }

  async #payloadOf(token: string): Promise<JWTPayload> {
    try {
      const required = { requiredClaims: ['sub', 'exp', 'tenant', 'role'], algorithms };
      return (await jwtVerify(token, this.keys, { ...required, ...this.rules })).payload;
    } catch (error) {
      if (error instanceof DomainError) throw error;
      const isOfToken = error instanceof errors.JOSEError && !(error instanceof errors.JWKSInvalid);
      if (isOfToken) throw new Unauthenticated(doesNotHold({ reason: verbatim(error.message) }));
      throw new KeysUnavailable(unusableKey(), error);
    }
  }
}

function principalOf({ body, role, sub, tenant }: JWTPayload): Principal {
  if (typeof sub !== 'string' || sub === '') throw new Unauthenticated(noSubject());
  if (typeof tenant !== 'string' || !isTenant(tenant)) throw new Unauthenticated(noTenant());
  if (!isRole(role)) throw new Unauthenticated(otherRole({ roles }));
  if (body !== undefined && (typeof body !== 'string' || !isId(body))) {
    throw new Unauthenticated(noBody());
  }
  if (role === 'reporter' && body === undefined) throw new Unauthenticated(reporterOfNone());
  return { tenant, actor: { id: sub, role, ...(body !== undefined && { body: body.toLowerCase() }) } };
}

const isRole = (role: unknown): role is Role => (roles as readonly unknown[]).includes(role);

const noToken = say('Send a token: Authorization: Bearer …', 'Skicka ett åtkomstbevis: Authorization: Bearer …');
const doesNotHold = say('The token does not hold: {reason}', 'Åtkomstbeviset gäller inte: {reason}');
const unusableKey = say('the key that it names cannot be used', 'den nyckel som anges kan inte användas');
const noSubject = say('The token names no subject', 'Åtkomstbeviset anger inte vem det gäller (sub)');
const noTenant = say('The token names no tenant', 'Åtkomstbeviset anger ingen organisation (tenant)');
const otherRole = say(
  'The role in the token must be one of {roles}',
  'Rollen (role) i åtkomstbeviset ska vara någon av {roles}',
);
const noBody = say(
  'The body in the token must be the id of a body',
  'Nämnden (body) i åtkomstbeviset ska vara id för en nämnd eller ett bolag',
);
const reporterOfNone = say(
  'The token of a reporter names its body',
  'Åtkomstbeviset för en rapportör ska ange dess nämnd eller bolag (body)',
);
