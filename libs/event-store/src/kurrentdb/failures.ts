import { ErrorType } from '@kurrent/kurrentdb-client';
import { DeadlinePassed, DomainError, StoreRefused, StoreUnavailable } from '#kernel';
import type { Attempt, Refusal, Unavailability } from '#kernel';
import { AheadOfLog } from '../ahead-of-log.js';
import type { Endpoint } from './connection-string.js';

/** A failure as the rest of the code understands it. */
export interface Failure {
  readonly error: unknown;
  /** The leader, where the failure is that somebody else was asked, and that one knows it. */
  readonly leader: Endpoint | undefined;
  /** Whether the connection is of no use any more. */
  readonly isLost: boolean;
}

/** Failures that the same request would meet again, whenever it is sent. */
const lasting: readonly unknown[] = [ErrorType.INVALID_ARGUMENT, ErrorType.STREAM_DELETED, ErrorType.UNSUPPORTED];

/** The codes of gRPC that are told apart here. */
const code = {
  unknown: 2,
  invalidArgument: 3,
  deadlineExceeded: 4,
  permissionDenied: 7,
  resourceExhausted: 8,
  failedPrecondition: 9,
  aborted: 10,
  unauthenticated: 16,
} as const;

/** What a server answers over a connection that works, such as to a subscription that does not keep up. */
const answers: readonly unknown[] = [
  code.unknown,
  code.invalidArgument,
  code.resourceExhausted,
  code.failedPrecondition,
  code.aborted,
];

/**
 * What the rest of the code understands. The client reports a server that cannot be reached in many ways, some of them
 * without a type (raw gRPC errors): what is not known to last is taken as transient. Its own words are told to nobody.
 */
export function failureOf(error: unknown, attempt?: Attempt, endpoint?: Endpoint): Failure {
  if (error instanceof DomainError || isMistake(error) || lasting.includes(typeOf(error))) {
    return answered(error);
  }
  if (isInvalidPosition(error)) return answered(new AheadOfLog());
  if (isRefusal(error)) return answered(new StoreRefused('event store', refusalOf(error, attempt), error));
  const leader = leaderNamedIn(error);
  const at = endpoint ? nameOf(endpoint) : 'its address';
  const { reason, words } = explained(error, at);
  const isLost = reason !== 'unknown' || !answers.includes(codeOf(error));
  return { error: new StoreUnavailable('event store', error, reason, words), leader, isLost };
}

/** What came over a connection that works. */
const answered = (error: unknown): Failure => ({ error, leader: undefined, isLost: false });

export const nameOf = ({ host, port }: Endpoint): string => `${host}:${port}`;

/** The client's name of a kind of failure, by the error's class or by what the server sent with it. */
export function typeOf(error: unknown): unknown {
  if (!(error instanceof Error)) return undefined;
  return 'type' in error ? error.type : metadataOf(error)['exception'];
}

/** Whether a stream was ended for good. */
export const isStreamDeleted = (error: unknown): boolean => typeOf(error) === ErrorType.STREAM_DELETED;

const isMistake = (error: unknown): boolean =>
  error instanceof TypeError || error instanceof RangeError || error instanceof SyntaxError;

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined);

/** No event begins there: a server says so as if it did not answer, however often it is asked. */
const isInvalidPosition = (error: unknown): boolean =>
  error instanceof Error && /invalid.?position/i.test(error.message);

const isRefusal = (error: unknown): boolean =>
  typeOf(error) === ErrorType.ACCESS_DENIED ||
  codeOf(error) === code.unauthenticated ||
  codeOf(error) === code.permissionDenied;

function refusalOf(error: unknown, attempt: Attempt | undefined): Refusal {
  const user = attempt?.user;
  if (!attempt || user === undefined || codeOf(error) === code.unauthenticated) return { right: 'sign-in', user };
  return attempt;
}

function leaderNamedIn(error: unknown): Endpoint | undefined {
  if (typeOf(error) !== ErrorType.NOT_LEADER || !(error instanceof Error)) return undefined;
  const { 'leader-endpoint-host': host, 'leader-endpoint-port': port } = metadataOf(error);
  return typeof host === 'string' && Number(port) > 0 ? { host, port: Number(port) } : undefined;
}

/** What the server sent with a failure, also where the client has wrapped it. */
function metadataOf(error: Error): Record<string, unknown> {
  const { _raw: raw, metadata = raw?.metadata } = error as {
    readonly metadata?: { getMap?(): Record<string, unknown> };
    readonly _raw?: { readonly metadata?: { getMap?(): Record<string, unknown> } };
  };
  return metadata?.getMap?.() ?? {};
}

/** By what it is known, what it is, and how it is told. */
const signs: readonly (readonly [RegExp, Unavailability, (at: string) => string])[] = [
  [/ECONNREFUSED/, 'connection-refused', (at) => `nothing listens at ${at}`],
  [/ENOTFOUND|EAI_AGAIN|ENODATA|Name resolution/i, 'name-not-found', (at) => `the name in ${at} cannot be resolved`],
  [
    /altnames|ERR_TLS_CERT_ALTNAME/i,
    'tls-host-not-covered',
    (at) => `the certificate of ${at} does not cover that name`,
  ],
  [
    /expired|not yet valid/i,
    'tls-expired',
    (at) => `the certificate of ${at}, or that of its authority, is not valid now`,
  ],
  [
    /self.signed|issuer cert|verify the first|unable to get|UNABLE_TO|untrusted/i,
    'tls-authority-unknown',
    (at) => `the certificate of ${at} comes from an authority that is not known here; tlsCaFile names one`,
  ],
  [
    /wrong version number|packet length|EPROTO|ssl3_get_record|unknown protocol/i,
    'tls-not-spoken',
    (at) => `what listens at ${at} does not speak TLS: it may be another server's port, or tls=false be meant`,
  ],
  [/certificate|handshake|\bSSL\b|\bTLS\b/i, 'tls-failed', (at) => `TLS with ${at} does not come about`],
  [
    /failed to connect|protocol error|parse error|HTTP status|NGHTTP2|ERR_HTTP2|bad response/i,
    'protocol-not-spoken',
    (at) =>
      `what listens at ${at} does not speak KurrentDB's protocol: it may be another server's port, or TLS be needed`,
  ],
  [
    /ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|dropped|socket|write after end|GOAWAY|disconnect/i,
    'connection-broken',
    (at) => `the connection to ${at} broke`,
  ],
];

function explained(error: unknown, at: string): { readonly reason: Unavailability; readonly words?: string } {
  if (error instanceof DeadlinePassed || codeOf(error) === code.deadlineExceeded) {
    return { reason: 'timed-out', words: `${at} took too long` };
  }
  if (typeOf(error) === ErrorType.NOT_LEADER) return { reason: 'not-leader', words: `${at} is not the leader` };
  const text = error instanceof Error ? error.message : '';
  const [, reason, words] = signs.find(([sign]) => sign.test(text)) ?? [];
  return reason ? { reason, words: words!(at) } : { reason: 'unknown' };
}
