import { hash } from 'node:crypto';
import { createRequire } from 'node:module';

// The package is CommonJS, and its types describe a default export that Node does not give.
const canonicalize = createRequire(import.meta.url)('canonicalize') as (value: unknown) => string | undefined;

/** JSON in the one form that RFC 8785 gives it. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Only a JSON value has a canonical form');
  return text;
}

/** SHA-256 of a value's canonical JSON, in hexadecimal. */
export const digestOf = (value: unknown): string => hash('sha256', canonicalJson(value));
