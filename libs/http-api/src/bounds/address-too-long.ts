import { DomainError } from '#kernel';

/** The path and query of a request, or a value in its path, are longer than any that is taken. Nothing was done. */
export class AddressTooLong extends DomainError {
  readonly code = 'address-too-long';
  readonly status = 414;
  readonly title = 'The address of the request is too long';

  constructor() {
    super(`An address has at most ${longestAddress} characters, and a value in its path ${longestPathValue}`);
  }
}

export const longestAddress = 8_000;
export const longestPathValue = 200;
