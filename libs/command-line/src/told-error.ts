import { inLanguage, usualLanguage } from '#kernel';
import type { Said } from '#kernel';

/** What the command line itself cannot do, told in the language of its user. */
export abstract class ToldError extends Error {
  constructor(
    readonly said: Said,
    options?: ErrorOptions,
  ) {
    super(inLanguage(usualLanguage, said), options);
    this.name = new.target.name;
  }
}
