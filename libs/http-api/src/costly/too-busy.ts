import { DomainError } from '#kernel';

/** Too much is being asked that costs much. Nothing was done; the same request may be sent again. */
export class TooBusy extends DomainError {
  readonly code = 'too-busy';
  readonly status = 503;
  readonly title = 'Too many costly requests at once';

  constructor() {
    super('Requests that cost much take turns, and too many of your tenant are waiting; send it again later');
  }
}
