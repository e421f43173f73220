import { StoreFailure } from './store-failure.js';
import { storeNamed } from './store-names.js';
import { say } from '../texts/said.js';
import type { Said } from '../texts/said.js';

/** Why a store does not answer. `unknown` is all that its client told; the cause then has the client's words. */
export type Unavailability =
  | 'closed'
  | 'file-unusable'
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
  readonly title = { en: 'A store is not available', sv: 'Ett lager är inte tillgängligt' };

  /**
   * @param cause what the client of the store threw
   * @param reason by which callers and operators tell one from another
   * @param words the reason for people, to follow a colon; never a URL, and never a password. Of a code that has words of its
   *   own in Swedish, those in English are enough
   */
  constructor(
    store: string,
    cause: unknown,
    readonly reason: Unavailability = 'unknown',
    words?: Said | string,
  ) {
    const name = storeNamed(store);
    const said = words === undefined ? silent({ store: name }) : because({ store: name, reason: whyOf(reason, words) });
    super(store, said, cause);
  }
}

const silent = say('The {store} does not answer', '{store} svarar inte');
const because = say('The {store} does not answer: {reason}', '{store} svarar inte: {reason}');

const whyOf = (reason: Unavailability, words: Said | string): Said =>
  typeof words === 'object' ? { ...words, code: reason } : plainWhyOf(reason, words);

const plainWhyOf = (reason: Unavailability, words: string): Said => ({
  text: { en: words, sv: swedish[reason] ?? words },
  params: {},
  code: reason,
});

const swedish: Readonly<Partial<Record<Unavailability, string>>> = {
  closed: 'det är stängt',
  busy: 'det är upptaget',
  'name-not-found': 'dess namn är okänt',
  'connection-refused': 'förbindelsen avvisades',
  'connection-broken': 'förbindelsen bröts',
  'timed-out': 'svaret kom inte i tid',
  'not-leader': 'den server som svarade leder inte klustret',
  'no-leader': 'klustret har ingen ledare',
  'not-one-cluster': 'servrarna hör inte till ett och samma kluster',
  'other-replica-set': 'servern hör till en annan replikuppsättning',
  'tls-authority-unknown': 'certifikatets utfärdare är okänd',
  'tls-host-not-covered': 'certifikatet gäller inte för värden',
  'tls-expired': 'certifikatet har gått ut',
  'tls-not-spoken': 'servern talar inte TLS',
  'tls-failed': 'TLS kunde inte upprättas',
  'protocol-not-spoken': 'servern talar inte det väntade protokollet',
};
