import type { Unavailability } from '#kernel';

/** Why a store does not answer, for programs and for people. */
export interface Explanation {
  readonly reason: Unavailability;
  /** Never a URL, and never a password. */
  readonly words?: string;
}

/**
 * Why a server could not be spoken to, as far as Node's codes tell.
 * @param at who it is, for people
 */
export function explanationOf(error: unknown, at: string): Explanation {
  const causes = causesOf(error);
  for (const cause of causes) {
    const code = socketCodeOf(cause);
    const [, reason, words] = signs.find(([sign]) => code !== undefined && sign.test(code)) ?? [];
    if (reason) return { reason, words: words!(at) };
  }
  const timedOut = causes.some((cause) => /Timeout/.test(String((cause as { readonly name?: unknown }).name)));
  return timedOut ? { reason: 'timed-out', words: `${at} took too long` } : { reason: 'unknown' };
}

/** By which code it is known, what it is, and how it is told. */
const signs: readonly (readonly [RegExp, Unavailability, (at: string) => string])[] = [
  [/^ECONNREFUSED$/, 'connection-refused', (at) => `nothing listens at ${at}`],
  [/^(ENOTFOUND|EAI_AGAIN|ENODATA|ESERVFAIL)$/, 'name-not-found', (at) => `the name of ${at} cannot be resolved`],
  [/ALTNAME/, 'tls-host-not-covered', (at) => `the certificate of ${at} does not cover that name`],
  [/^CERT_(HAS_EXPIRED|NOT_YET_VALID)$/, 'tls-expired', (at) => `the certificate of ${at} is not valid now`],
  [
    /SELF_SIGNED|^UNABLE_TO_(GET_ISSUER|VERIFY)|^CERT_UNTRUSTED$/,
    'tls-authority-unknown',
    (at) => `the certificate of ${at} comes from an authority that is not known here; tlsCAFile names one`,
  ],
  [
    /^(EPROTO|ERR_SSL_WRONG_VERSION_NUMBER|ERR_SSL_PACKET_LENGTH_TOO_LONG)$/,
    'tls-not-spoken',
    (at) => `what listens at ${at} does not speak TLS: it may be another server's port, or tls=false be meant`,
  ],
  [/^(CERT_|ERR_TLS_|ERR_SSL_)/, 'tls-failed', (at) => `TLS with ${at} does not come about`],
  [/^ETIMEDOUT$/, 'timed-out', (at) => `${at} took too long`],
  [/^(E[A-Z]+|ERR_(STREAM|SOCKET)_[A-Z_]+)$/, 'connection-broken', (at) => `the connection to ${at} broke`],
];

const deepest = 8;
const ofConnections = /^(E[A-Z]+|EAI_[A-Z]+|ERR_(STREAM|SOCKET|TLS|SSL)_\w+|\w*CERT\w*|UNABLE_TO_\w+)$/;

/** An error and what led to it, outermost first. */
export function causesOf(error: unknown): readonly unknown[] {
  const causes: unknown[] = [];
  for (let one = error; typeof one === 'object' && one !== null && causes.length < deepest;) {
    causes.push(one);
    one = (one as { readonly cause?: unknown }).cause;
  }
  return causes;
}

/** Node's code of what is wrong with a socket. The driver passes on some of Node's errors as they are. */
export function socketCodeOf(error: unknown): string | undefined {
  const { code } = Object(error) as { code?: unknown };
  return typeof code === 'string' && ofConnections.test(code) ? code : undefined;
}
