import { DomainError, say } from '#kernel';

/** More requests of a tenant, or of an address whose tokens are not known, wait in a process than may. Nothing was done; the same request may be sent again. */
export class TooManyAtOnce extends DomainError {
  readonly code = 'too-many-at-once';
  readonly status = 429;
  readonly title = { en: 'Too many requests at once', sv: 'För många begäranden på en gång' };

  /** @param most how many may wait */
  constructor(readonly most: number) {
    super(tooMany({ most }));
  }
}

const tooMany = say(
  '{most} requests of the tenant, or of the address, wait already; send it again after Retry-After',
  '{most} begäranden från organisationen eller adressen väntar redan; försök igen efter Retry-After',
);
