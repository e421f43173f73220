import { DomainError, say } from '#kernel';
import type { Said } from '#kernel';

/** The keys that tokens are checked by cannot be had: whether a token holds is not known. The same request may be sent again. */
export class KeysUnavailable extends DomainError {
  readonly code = 'keys-unavailable';
  readonly status = 503;
  readonly title = {
    en: 'The keys of tokens are not available',
    sv: 'Nycklarna för åtkomstbevis är inte tillgängliga',
  };

  /** @param words why, for people; never a URL, and nothing of a token */
  constructor(words: Said, cause?: unknown) {
    super(unchecked({ reason: words }), { cause });
  }
}

const unchecked = say('Tokens cannot be checked: {reason}', 'Åtkomstbevis kan inte prövas: {reason}');
