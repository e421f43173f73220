import { errors } from 'jose';
import type { JWTVerifyGetKey } from 'jose';
import { keysOf } from './key-set.js';
import { KeysUnavailable } from './keys-unavailable.js';
import { say } from '#kernel';

const second = 1_000;
const minute = 60 * second;

/** How the keys of a key server are kept, in milliseconds. */
export const keyTimes = {
  /** An answer that takes longer is none. */
  timeout: 3 * second,
  /** Keys that are older are asked for again: a key that the server has taken back holds no longer than that. */
  fresh: 10 * minute,
  /** While the server gives none, the keys that it gave last hold so long. */
  kept: 60 * minute,
  /** A token may be signed by a key that is new: the server is asked for it, where its last answer is older than that. */
  newKey: 5 * second,
  /** A server that gave none is left alone so long. */
  afterFailure: second,
} as const;

const longestAnswer = 1_000_000;

export interface KeyServerOptions {
  /** Told each time that the server gave no keys. */
  readonly onTrouble?: (trouble: KeysUnavailable) => void;
  /** A clock in milliseconds that is never set back. */
  readonly now?: () => number;
}

/**
 * The keys that an identity provider publishes under a URL, as a JWK Set. That the provider is away, slow or broken says
 * nothing of a token: tokens that its known keys have signed hold for `keyTimes.kept`, and of others it is not known.
 */
export class KeyServer {
  readonly #onTrouble: (trouble: KeysUnavailable) => void;
  readonly #now: () => number;
  #keys: JWTVerifyGetKey | undefined;
  #givenAt = -Infinity;
  #failure: { readonly error: KeysUnavailable; readonly at: number } | undefined;
  #asking: Promise<JWTVerifyGetKey> | undefined;

  constructor(
    private readonly url: URL,
    { now = () => performance.now(), onTrouble = () => undefined }: KeyServerOptions = {},
  ) {
    this.#now = now;
    this.#onTrouble = onTrouble;
  }

  /**
   * The key that a token names.
   * @throws JWKSNoMatchingKey where the server has no such key; KeysUnavailable where it does not say
   */
  readonly keyOf: JWTVerifyGetKey = async (header, token) => {
    const keys = await this.#current();
    try {
      return await keys(header, token);
    } catch (error) {
      const mayBeNew = error instanceof errors.JWKSNoMatchingKey && this.#age >= keyTimes.newKey;
      if (!mayBeNew) throw error;
      return (await this.#ask())(header, token);
    }
  };

  /** Answers where tokens can be checked. @throws KeysUnavailable */
  async ready(): Promise<void> {
    await this.#current();
  }

  /** Why the server gave no keys when it was asked last; undefined where it did. */
  get trouble(): KeysUnavailable | undefined {
    return this.#failure?.error;
  }

  get #age(): number {
    return this.#now() - this.#givenAt;
  }

  async #current(): Promise<JWTVerifyGetKey> {
    const known = this.#age < keyTimes.kept ? this.#keys : undefined;
    if (!known) return this.#ask();
    if (this.#age < keyTimes.fresh) return known;
    const isInTrouble = this.#failure !== undefined;
    const newer = this.#ask().catch(() => known);
    // Nobody who can do with the known keys waits for a server that is in trouble.
    return isInTrouble ? known : newer;
  }

  #ask(): Promise<JWTVerifyGetKey> {
    if (this.#failure && this.#now() - this.#failure.at < keyTimes.afterFailure) {
      return Promise.reject(this.#failure.error);
    }
    return (this.#asking ??= this.#fetch().finally(() => (this.#asking = undefined)));
  }

  async #fetch(): Promise<JWTVerifyGetKey> {
    try {
      this.#keys = await fetchKeys(this.url);
      this.#givenAt = this.#now();
      this.#failure = undefined;
      return this.#keys;
    } catch (thrown) {
      const error = thrown instanceof KeysUnavailable ? thrown : new KeysUnavailable(serverFailed(), thrown);
      this.#failure = { error, at: this.#now() };
      this.#onTrouble(error);
      throw error;
    }
  }
}

/** @throws KeysUnavailable */
async function fetchKeys(url: URL): Promise<JWTVerifyGetKey> {
  const signal = AbortSignal.timeout(keyTimes.timeout);
  const text = await fetch(url, {
    headers: { accept: 'application/jwk-set+json, application/json' },
    redirect: 'manual',
    signal,
  })
    .then(textOf)
    .catch((error: unknown) => {
      if (error instanceof KeysUnavailable) throw error;
      if (signal.aborted) throw new KeysUnavailable(tooSlow(), error);
      throw new KeysUnavailable(unreachable(), error);
    });
  try {
    return keysOf(JSON.parse(text));
  } catch (error) {
    throw new KeysUnavailable(noKeySet(), error);
  }
}

/** @throws KeysUnavailable where it is another answer than 200, a redirect among them, or one that is too long */
async function textOf({ body, status }: Response): Promise<string> {
  if (status !== 200) {
    await body?.cancel();
    throw new KeysUnavailable(otherStatus({ status }));
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of (body ?? []) as AsyncIterable<Uint8Array>) {
    parts.push(part);
    length += part.length;
    if (length > longestAnswer) throw new KeysUnavailable(tooLong({ most: longestAnswer }));
  }
  return Buffer.concat(parts).toString('utf8');
}

const serverFailed = say('the key server failed', 'nyckelservern fungerade inte');
const tooSlow = say('the key server takes too long to answer', 'nyckelservern svarar inte i tid');
const unreachable = say('the key server cannot be reached', 'nyckelservern kan inte nås');
const noKeySet = say(
  'what the key server gives is no JWK Set with a public key for signatures',
  'det som nyckelservern ger är ingen JWK Set med en publik nyckel för underskrifter',
);
const otherStatus = say('the key server answers with the status {status}', 'nyckelservern svarar med status {status}');
const tooLong = say('the key server gives more than {most} bytes', 'nyckelservern ger mer än {most} byte');
