import { DomainError, say } from '#kernel';

/** The caller has hung up: nobody waits for the answer. The status is that of nginx, and nobody sees it but the log. */
export class ClientDisconnected extends DomainError {
  readonly code = 'caller-left';
  readonly status = 499;
  readonly title = { en: 'The caller has hung up', sv: 'Den som frågade har kopplat ner' };

  constructor() {
    super(gone());
  }
}

const gone = say('The caller hung up before the answer was there', 'Den som frågade kopplade ner innan svaret fanns');
