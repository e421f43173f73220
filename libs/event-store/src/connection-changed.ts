import { DomainError } from '#kernel';

/**
 * The store was reached anew since what an append rests on was read, and the log may be another one. Nothing was
 * recorded over the new connection: whoever asked reads again, and decides again.
 */
export class ConnectionChanged extends DomainError {
  readonly code = 'connection-changed';
  readonly status = 503;
  readonly title = 'The connection to a store was lost';

  constructor() {
    super('The event store was reached anew in the meantime; ask again');
  }

  override get transient(): boolean {
    return true;
  }
}
