import { DomainError, say } from '#kernel';

/** Too much is being asked that costs much. Nothing was done; the same request may be sent again. */
export class TooBusy extends DomainError {
  readonly code = 'too-busy';
  readonly status = 503;
  readonly title = { en: 'Too many costly requests at once', sv: 'För många kostsamma begäranden på en gång' };

  constructor() {
    super(tooMany());
  }
}

const tooMany = say(
  'Requests that cost much take turns, and too many of your tenant are waiting; send it again later',
  'Kostsamma begäranden turas om, och för många från er väntar redan; försök igen senare',
);
