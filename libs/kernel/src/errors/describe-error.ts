import { DomainError } from './domain-error.js';

/** So many causes are told, and so many characters of each message: a cause may be its own, and a message may hold a file. */
const mostCauses = 8;
const longestMessage = 1_000;

/** An error of any realm: Node's own are no instances of a test's `Error`. */
interface AnyError {
  readonly name: string;
  readonly message: string;
  readonly cause?: unknown;
  readonly errors?: unknown;
}

/**
 * An error with its causes in words: names, messages and codes, such as `StoreUnavailable: The document store does not
 * answer, caused by Error: connect ECONNREFUSED 127.0.0.1:27017`. It holds no password (see `withoutCredentials`) and is
 * well-formed text.
 * @param error whatever was thrown
 */
export const describeError = (error: unknown): string => chainOf(error).map(describeOne).join(', caused by ');

/**
 * The same for people, who do not know how things are called in the code: no names of classes, unless there is nothing else
 * to say. What the domain says no to is told whole.
 */
export const explainError = (error: unknown): string => chainOf(error).map(explainOne).join(', caused by ');

/**
 * What is the same in every occurrence of one fault, whatever the ports, durations and counts in its messages. A fault
 * with another cause or code is another one.
 */
export const kindOfError = (error: unknown): string =>
  chainOf(error)
    .map((one) => `${codeOf(one) ?? ''} ${describeOne(one).replace(/\p{N}+/gu, '#')}`)
    .join(', caused by ');

/** A text without what may hold a password: of a URL nothing is left but its scheme, of `user:password@host` the host. */
export function withoutCredentials(text: string): string {
  return text
    .replace(/\b([a-z][a-z0-9+.-]*):\/\/([^]*@)?[^\s"'`)\]},;]*/gi, '$1://…')
    .replace(/[^\s:@/"'`(]+:[^\s@/"'`]+@(?=[\w[])/g, '…@');
}

const isError = (thrown: unknown): thrown is AnyError =>
  typeof thrown === 'object' && thrown !== null && 'message' in thrown && typeof thrown.message === 'string';

function chainOf(error: unknown): unknown[] {
  const chain = [error];
  while (chain.length < mostCauses) {
    const last = chain.at(-1);
    const cause = isError(last) ? last.cause : undefined;
    if (cause === undefined || cause === null || chain.includes(cause)) break;
    chain.push(cause);
  }
  return chain;
}

function describeOne(thrown: unknown): string {
  if (typeof thrown === 'string') return safe(thrown);
  if (!isError(thrown)) return `${thrown === null ? 'null' : typeof thrown} instead of an error`;
  // Where several addresses were tried, the error itself says nothing.
  const errors: unknown[] = Array.isArray(thrown.errors) ? thrown.errors.slice(0, mostCauses) : [];
  const told = [thrown.name, safe(thrown.message), errors.map(describeOne).join('; ')].filter(Boolean).join(': ');
  const code = codeOf(thrown);
  return code === undefined || told.includes(` ${code} `) ? told : `${told} (${safe(code)})`;
}

function explainOne(thrown: unknown): string {
  if (thrown instanceof DomainError) return withoutCredentials(thrown.message).toWellFormed();
  if (!isError(thrown)) return describeOne(thrown);
  const errors: unknown[] = Array.isArray(thrown.errors) ? thrown.errors.slice(0, mostCauses) : [];
  const told = [safe(thrown.message), errors.map(explainOne).join('; ')].filter(Boolean).join(': ');
  return told || describeOne(thrown);
}

const safe = (text: string): string =>
  withoutCredentials(text.slice(0, 4 * longestMessage))
    .slice(0, longestMessage)
    .toWellFormed();

/** What a number or a word such as `ECONNREFUSED` adds to the name. A domain error's own code is its name in other letters. */
function codeOf(thrown: unknown): string | undefined {
  if (thrown instanceof DomainError) return undefined;
  const { code } = Object(thrown) as { readonly code?: unknown };
  return typeof code === 'string' || typeof code === 'number' ? String(code) : undefined;
}
