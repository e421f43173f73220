import { DomainError } from '#kernel';

/** The caller has hung up: nobody waits for the answer. The status is that of nginx, and nobody sees it but the log. */
export class ClientDisconnected extends DomainError {
  readonly code = 'caller-left';
  readonly status = 499;
  readonly title = 'The caller has hung up';

  constructor() {
    super('The caller hung up before the answer was there');
  }
}
