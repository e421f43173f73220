import { DomainError, say } from '#kernel';

/** The path and query of a request, or a value in its path, are longer than any that is taken. Nothing was done. */
export class AddressTooLong extends DomainError {
  readonly code = 'address-too-long';
  readonly status = 414;
  readonly title = { en: 'The address of the request is too long', sv: 'Adressen i begäran är för lång' };

  constructor() {
    super(tooLong({ most: longestAddress, mostOfValue: longestPathValue }));
  }
}

export const longestAddress = 8_000;
export const longestPathValue = 200;

const tooLong = say(
  'An address has at most {most} characters, and a value in its path {mostOfValue}',
  'En adress har högst {most} tecken, och ett värde i den {mostOfValue}',
);
