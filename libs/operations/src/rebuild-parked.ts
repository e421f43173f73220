import { DomainError, say, verbatim } from '#kernel';
import type { Parked } from '#projecting';

/** Documents that are being made anew met an event that they cannot take. They go on once it is mended or skipped. */
export class RebuildParked extends DomainError {
  readonly code = 'rebuild-parked';
  readonly status = 409;
  readonly title = { en: 'A rebuild waits for somebody to decide', sv: 'En ombyggnad väntar på att någon beslutar' };

  constructor(projection: string, { error, position, said = verbatim(error) }: Parked) {
    super(parked({ projection, position, error: said }));
  }

  /** Whoever follows it need not ask for it again. */
  override get transient(): boolean {
    return true;
  }
}

const parked = say(
  'The new documents of {projection} are parked at {position}: {error}',
  'De nya dokumenten för {projection} har stannat vid {position}: {error}',
);
