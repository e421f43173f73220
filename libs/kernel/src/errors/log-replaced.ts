import { StoreFailure } from './store-failure.js';
import { say, verbatim } from '../texts/said.js';

/**
 * The log is not the one that there was: it lacks what was recorded in it. Nothing is written until an operator has
 * brought the right log back, or accepted this one; what was asked may then be asked again.
 */
export class LogReplaced extends StoreFailure {
  readonly code = 'log-replaced';
  readonly status = 503;
  readonly title = { en: 'The log is another one than before', sv: 'Loggen är en annan än tidigare' };

  constructor(
    /** What is known to have been recorded and is not there, in words. */
    readonly lost: string,
    /** When it was found: RFC 3339. */
    readonly since: string,
  ) {
    super('event store', replaced({ lost: verbatim(lost) }), undefined);
  }

  override get transient(): boolean {
    return true;
  }

  override particularsIn(): Readonly<Record<string, unknown>> {
    return { since: this.since };
  }
}

const replaced = say(
  'The log does not hold {lost}, which it held before: it was emptied, restored from an older copy, or is another one. Nothing is recorded in it until the right log is back, or this one is accepted (sparbar log accept)',
  'Loggen saknar {lost}, som den hade tidigare: den har tömts, återställts från en äldre kopia eller är en annan. Inget registreras i den förrän den rätta loggen är tillbaka eller den här har godtagits (sparbar log accept)',
);
