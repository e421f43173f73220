import { DomainError } from '#kernel';

/** The keys that tokens are checked by cannot be had: whether a token holds is not known. The same request may be sent again. */
export class KeysUnavailable extends DomainError {
  readonly code = 'keys-unavailable';
  readonly status = 503;
  readonly title = 'The keys of tokens are not available';

  /** @param words why, for people; never a URL, and nothing of a token */
  constructor(words: string, cause?: unknown) {
    super(`Tokens cannot be checked: ${words}`, { cause });
  }
}
