import { createHmac } from 'node:crypto';
import { inLanguage, say, usualLanguage } from '#kernel';
import type { Said } from '#kernel';

/** Where messages go, and what they are signed with. */
export interface WebhookReceiver {
  readonly url: URL;
  /** As Standard Webhooks writes secrets: `whsec_` and base64 of 24 to 64 bytes. */
  readonly secret: string;
  /** How long the receiver may take to answer. */
  readonly timeoutMilliseconds?: number;
}

export interface WebhookMessage {
  /** The same at every attempt, so that the receiver knows a repeated message. */
  readonly id: string;
  /** JSON. */
  readonly body: string;
}

/** A message was not delivered: the same message may be sent again. */
export class WebhookFailed extends Error {
  readonly code = 'webhook-failed';

  constructor(
    readonly said: Said,
    /** Whether the receiver is away or too busy, rather than unwilling. */
    readonly transient: boolean,
    options?: ErrorOptions,
  ) {
    super(inLanguage(usualLanguage, said), options);
    this.name = 'WebhookFailed';
  }
}

const defaultTimeoutMilliseconds = 10_000;

/** 408 Request Timeout, 425 Too Early, 429 Too Many Requests. */
const busy: readonly number[] = [408, 425, 429];

/**
 * Sends a message as Standard Webhooks describes it (standardwebhooks.com, version 1.0.0). An answer of 2xx is a receipt;
 * a redirect is none, because a signed message goes where it was meant to go.
 * @param at when it is sent: receivers refuse what was signed long ago
 * @throws WebhookFailed, which names the receiver's origin and never the secret; RangeError as `checkReceiver`
 */
export async function sendWebhook(receiver: WebhookReceiver, message: WebhookMessage, at: Date): Promise<void> {
  checkReceiver(receiver);
  const { secret, timeoutMilliseconds = defaultTimeoutMilliseconds, url } = receiver;
  const { body, id } = message;
  const timestamp = Math.floor(at.getTime() / 1_000);
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'Sparbar',
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': signatureOf(secret, id, timestamp, body),
  };
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  const answer = await fetch(url, { method: 'POST', headers, body, redirect: 'manual', signal }).catch(
    (error: unknown) => {
      const { origin } = url;
      const said = signal.aborted
        ? noAnswer({ origin, milliseconds: timeoutMilliseconds })
        : cannotBeReached({ origin, why: causeOf(error) });
      throw new WebhookFailed(said, true, { cause: error });
    },
  );
  await answer.body?.cancel().catch(() => undefined);
  if (!answer.ok) {
    const transient = answer.status >= 500 || busy.includes(answer.status);
    throw new WebhookFailed(answered({ origin: url.origin, status: answer.status, id }), transient);
  }
}

/**
 * `v1,` and the HMAC-SHA256 of `id.timestamp.body` in base64.
 * @param timestamp seconds since 1970
 * @throws RangeError where the secret is none
 */
export function signatureOf(secret: string, id: string, timestamp: number, body: string): string {
  const hmac = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`);
  return `v1,${hmac.digest('base64')}`;
}

/** @throws RangeError where messages cannot be sent there, or not be signed */
export function checkReceiver(receiver: WebhookReceiver): void {
  const fault = faultOfReceiver(receiver);
  if (fault) throw new RangeError(inLanguage(usualLanguage, fault));
}

/** Why messages cannot be sent to a receiver, or not be signed; undefined where they can. */
export function faultOfReceiver({ secret, url }: WebhookReceiver): Said | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return isNoHttp();
  // Failures name where a message was to go, and are logged.
  if (url.username !== '' || url.password !== '') return holdsCredentials();
  return keyIn(secret) ? undefined : isNoSecret();
}

/** @throws RangeError where the secret is not `whsec_` and base64 of 24 to 64 bytes */
function keyOf(secret: string): Buffer {
  const key = keyIn(secret);
  if (!key) throw new RangeError(inLanguage(usualLanguage, isNoSecret()));
  return key;
}

function keyIn(secret: string): Buffer | undefined {
  const encoded = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(secret)?.[1];
  const key = Buffer.from(encoded ?? '', 'base64');
  return key.length < 24 || key.length > 64 ? undefined : key;
}

/** `fetch` fails with one message for everything, and tells why in the cause. */
function causeOf(error: unknown): string {
  const { cause } = error as { readonly cause?: { readonly code?: string; readonly message?: string } };
  return cause?.code ?? cause?.message ?? String(error);
}

const noAnswer = say(
  '{origin} did not answer within {milliseconds} ms',
  '{origin} svarade inte inom {milliseconds} ms',
);
const cannotBeReached = say('{origin} cannot be reached: {why}', '{origin} kan inte nås: {why}');
const answered = say('{origin} answered {status} to the message {id}', '{origin} svarade {status} på meddelandet {id}');
const isNoHttp = say(
  'The URL of a webhook must be one of http or https',
  'Adressen för påminnelser ska vara en av http eller https',
);
const holdsCredentials = say(
  'The URL of a webhook must hold no user and no password; its messages are signed',
  'Adressen för påminnelser ska inte ha någon användare eller något lösenord; meddelandena är signerade',
);
const isNoSecret = say(
  'The secret of a webhook must be whsec_ and base64 of 24 to 64 bytes',
  'Hemligheten för påminnelser ska vara whsec_ och base64 av 24 till 64 byte',
);
