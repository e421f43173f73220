import { DomainError } from '#kernel';
import type { Parked } from '#projecting';

/** Documents that are being made anew met an event that they cannot take. They go on once it is mended or skipped. */
export class RebuildParked extends DomainError {
  readonly code = 'rebuild-parked';
  readonly status = 409;
  readonly title = 'A rebuild waits for somebody to decide';

  constructor(projection: string, { error, position }: Parked) {
    super(`The new documents of ${projection} are parked at ${position}: ${error}`);
  }

  /** Whoever follows it need not ask for it again. */
  override get transient(): boolean {
    return true;
  }
}
