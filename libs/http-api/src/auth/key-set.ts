import { createLocalJWKSet } from 'jose';
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose';

const keyTypes: readonly unknown[] = ['EC', 'OKP', 'RSA'];

/**
 * The keys of a JWK Set (RFC 7517).
 * @throws Error where it is none, or holds no public key for signatures
 */
export function keysOf(set: unknown): JWTVerifyGetKey {
  const keys = createLocalJWKSet(set as JSONWebKeySet);
  const isForSignatures = keys.jwks().keys.some(({ kty, use }) => keyTypes.includes(kty) && (use ?? 'sig') === 'sig');
  if (!isForSignatures) throw new Error('the JWK Set holds no public key for signatures');
  return keys;
}
