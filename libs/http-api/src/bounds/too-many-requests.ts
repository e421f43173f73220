import { DomainError, say, term } from '#kernel';
import type { Said } from '#kernel';

/** Whose requests are counted together. */
export type RatedBy = 'address' | 'tenant' | 'token';

/** More requests came in a second than may. Nothing was done; the same request may be sent again. */
export class TooManyRequests extends DomainError {
  readonly code = 'too-many-requests';
  readonly status = 429;
  readonly title = { en: 'Too many requests in a second', sv: 'För många begäranden på en sekund' };

  constructor(
    readonly by: RatedBy,
    readonly perSecond: number,
  ) {
    super(tooMany({ by: whose[by], perSecond }));
  }

  override particularsIn() {
    return { by: this.by, perSecond: this.perSecond };
  }
}

const tooMany = say(
  '{by} than {perSecond} in a second; send it again after Retry-After',
  '{by} än {perSecond} på en sekund; försök igen efter Retry-After',
);

const whose: Readonly<Record<RatedBy, Said>> = {
  address: term(
    'address',
    'This address sends more requests without a token that holds',
    'Den här adressen skickar fler begäranden utan giltigt åtkomstbevis',
  ),
  tenant: term('tenant', 'The tenant sends more requests', 'Organisationen skickar fler begäranden'),
  token: term('token', 'This token sends more requests', 'Det här åtkomstbeviset används för fler begäranden'),
};
