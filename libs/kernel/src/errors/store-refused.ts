import { StoreFailure } from './store-failure.js';

/** What a store does not let a user do. */
export interface Refusal {
  /** `sign-in` where the user itself is not accepted: no such user, a wrong password, a disabled account. */
  readonly right: 'sign-in' | 'read' | 'append' | 'write' | 'administer';
  /** On what, such as a stream, `$all`, a database or a collection; left out for `sign-in`. */
  readonly on?: string;
  /** By its name, never with its password; undefined where no user is named in the URL. */
  readonly user: string | undefined;
}

/** What was attempted: the right that it takes, on what, and by whom. */
export type Attempt = Required<Omit<Refusal, 'user'>> & Pick<Refusal, 'user'>;

/**
 * A store answers, and refuses what it was asked for want of a right. The same request will be refused until an
 * operator has mended it, and nothing of it was carried out.
 */
export class StoreRefused extends StoreFailure {
  readonly code = 'store-refused';
  readonly status = 503;
  readonly title = 'A store refuses access';

  constructor(
    store: string,
    readonly refusal: Refusal,
    cause?: unknown,
  ) {
    super(store, inWords(store, refusal), cause);
  }
}

function inWords(store: string, { on, right, user }: Refusal): string {
  const who = user === undefined ? 'somebody without a user name' : `the user "${user}"`;
  if (right !== 'sign-in') return `The ${store} does not let ${who} ${verbs[right]}${on === undefined ? '' : ` ${on}`}`;
  return user === undefined
    ? `The ${store} asks for a user and a password, and its URL names none`
    : `The ${store} does not accept ${who}: the password is wrong, or there is no such user, or it is disabled`;
}

const verbs = { read: 'read', append: 'append to', write: 'write to', administer: 'administer' } as const;
