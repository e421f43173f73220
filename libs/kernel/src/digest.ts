import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { normaliseText } from './text.js';

/** JSON in the one form that RFC 8785 gives it. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Only a JSON value has a canonical form');
  return text;
}

/** SHA-256 of a value's canonical JSON, in hexadecimal. */
export const digestOf = (value: unknown): string => hash('sha256', canonicalJson(value));

/** SHA-256 of a text, in base64url: 43 characters. */
export const digestOfText = (text: string): string => hash('sha256', text, 'base64url');

/** Whether two values say the same once they are stored: in NFC, whatever the order of their parts, and without what is left out. */
export const sameWhenStored = (left: unknown, right: unknown): boolean => storedForm(left) === storedForm(right);

const storedForm = (value: unknown): string => normaliseText(canonicalJson([value ?? null]));
