import { DomainError } from '#kernel';

/** Whose requests are counted together. */
export type RatedBy = 'address' | 'tenant' | 'token';

const whose: Readonly<Record<RatedBy, string>> = {
  address: 'This address sends more requests without a token that holds',
  tenant: 'The tenant sends more requests',
  token: 'This token sends more requests',
};

/** More requests came in a second than may. Nothing was done; the same request may be sent again. */
export class TooManyRequests extends DomainError {
  readonly code = 'too-many-requests';
  readonly status = 429;
  readonly title = 'Too many requests in a second';

  constructor(
    readonly by: RatedBy,
    readonly perSecond: number,
  ) {
    super(`${whose[by]} than ${perSecond} in a second; send it again after Retry-After`);
  }

  override get particulars() {
    return { by: this.by, perSecond: this.perSecond };
  }
}
