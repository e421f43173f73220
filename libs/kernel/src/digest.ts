import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** JSON in the one form that RFC 8785 gives it. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Only a JSON value has a canonical form');
  return text;
}

/** SHA-256 of a value's canonical JSON, in hexadecimal. */
export const digestOf = (value: unknown): string => hash('sha256', canonicalJson(value));
