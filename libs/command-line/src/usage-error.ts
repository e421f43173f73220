import { verbatim } from '#kernel';
import type { Said } from '#kernel';
import { ToldError } from './told-error.js';

/** The command line names something that cannot be used. */
export class UsageError extends ToldError {
  /** @param said words alone are told as they are in every language */
  constructor(said: Said | string) {
    super(typeof said === 'string' ? verbatim(said) : said);
  }
}
