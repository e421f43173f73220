import { DomainError } from '#kernel';

/** The read models had not come to a position within the time that a query could wait. */
export class ReadModelsBehind extends DomainError {
  readonly code = 'read-models-behind';
  readonly status = 503;
  readonly title = 'The read models are behind';

  constructor(
    readonly position: string,
    readonly projections: readonly string[],
  ) {
    super(`${projections.join(', ')} had not come to ${position} in time; ask again`);
  }

  override get transient(): boolean {
    return true;
  }
}
