import { DomainError } from './domain-error.js';

/** The actor is known, and may not do this. */
export class Forbidden extends DomainError {
  readonly code = 'forbidden';
  readonly status = 403;
  readonly title = { en: 'The token does not give the right to do this', sv: 'Behörigheten räcker inte för detta' };
}
