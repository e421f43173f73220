import { StoreFailure } from './store-failure.js';

/** Why a store does not answer. `unknown` is all that its client told; the cause then has the client's words. */
export type Unavailability =
  | 'closed'
  | 'busy'
  | 'name-not-found'
  | 'connection-refused'
  | 'connection-broken'
  | 'timed-out'
  | 'not-leader'
  | 'no-leader'
  | 'not-one-cluster'
  | 'other-replica-set'
  | 'tls-authority-unknown'
  | 'tls-host-not-covered'
  | 'tls-expired'
  | 'tls-not-spoken'
  | 'tls-failed'
  | 'protocol-not-spoken'
  | 'unknown';

/** A store cannot be reached or is too busy. The same request may be sent again, after a moment. */
export class StoreUnavailable extends StoreFailure {
  readonly code = 'store-unavailable';
  readonly status = 503;
  readonly title = 'A store is not available';

  /**
   * @param cause what the client of the store threw
   * @param reason by which callers and operators tell one from another
   * @param words the reason for people, to follow a colon; never a URL, and never a password
   */
  constructor(
    store: string,
    cause: unknown,
    readonly reason: Unavailability = 'unknown',
    words?: string,
  ) {
    super(store, `The ${store} does not answer${words === undefined ? '' : `: ${words}`}`, cause);
  }
}
