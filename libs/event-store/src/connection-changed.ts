import { DomainError, say } from '#kernel';

/**
 * The store was reached anew since what an append rests on was read, and the log may be another one. Nothing was
 * recorded over the new connection: whoever asked reads again, and decides again.
 */
export class ConnectionChanged extends DomainError {
  readonly code = 'connection-changed';
  readonly status = 503;
  readonly title = { en: 'The connection to a store was lost', sv: 'Förbindelsen med ett lager bröts' };

  constructor() {
    super(anew());
  }

  override get transient(): boolean {
    return true;
  }
}

const anew = say(
  'The event store was reached anew in the meantime; ask again',
  'Händelselagret nåddes på nytt under tiden; fråga igen',
);
