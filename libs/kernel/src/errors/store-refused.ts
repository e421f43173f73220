import { StoreFailure } from './store-failure.js';
import { storeNamed } from './store-names.js';
import { say, term } from '../texts/said.js';
import type { Said } from '../texts/said.js';

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
  readonly title = { en: 'A store refuses access', sv: 'Ett lager nekar åtkomst' };

  constructor(
    store: string,
    readonly refusal: Refusal,
    cause?: unknown,
  ) {
    super(store, inWords(store, refusal), cause);
  }
}

function inWords(name: string, { on, right, user }: Refusal): Said {
  const store = storeNamed(name);
  if (right === 'sign-in') return user === undefined ? noUser({ store }) : notAccepted({ store, user });
  const who = user === undefined ? nobody : named({ user });
  return on === undefined
    ? refused({ store, who, right: verbs[right] })
    : refusedOn({ store, who, right: verbs[right], on });
}

const verbs = {
  read: term('read', 'read', 'läsa'),
  append: term('append', 'append to', 'lägga till i'),
  write: term('write', 'write to', 'skriva i'),
  administer: term('administer', 'administer', 'förvalta'),
} as const;
const nobody = term('nobody', 'somebody without a user name', 'någon utan användarnamn');
const named = say('the user "{user}"', 'användaren ”{user}”');
const refused = say('The {store} does not let {who} {right}', '{store} låter inte {who} {right}');
const refusedOn = say('The {store} does not let {who} {right} {on}', '{store} låter inte {who} {right} {on}');
const noUser = say(
  'The {store} asks for a user and a password, and its URL names none',
  '{store} kräver användare och lösenord, och dess URL anger inga',
);
const notAccepted = say(
  'The {store} does not accept the user "{user}": the password is wrong, or there is no such user, or it is disabled',
  '{store} godtar inte användaren ”{user}”: lösenordet är fel, eller användaren finns inte eller är avstängd',
);
