import { DomainError, say } from '#kernel';

/** The read models had not come to a position within the time that a query could wait. */
export class ReadModelsBehind extends DomainError {
  readonly code = 'read-models-behind';
  readonly status = 503;
  readonly title = { en: 'The read models are behind', sv: 'Läsmodellerna ligger efter' };

  constructor(
    readonly position: string,
    readonly projections: readonly string[],
  ) {
    super(late({ projections, position }));
  }

  override get transient(): boolean {
    return true;
  }
}

const late = say(
  '{projections} had not come to {position} in time; ask again',
  '{projections} hann inte till {position} i tid; fråga igen',
);
