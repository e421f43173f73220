import { DomainError } from './domain-error.js';

/** A log that should be the copy of another is not. Nothing was removed or overwritten in either. */
export class LogsDiffer extends DomainError {
  readonly code = 'logs-differ';
  readonly status = 500;
  readonly title = 'Two logs that should be the same differ';

  constructor(
    /** The place of the first event that differs: how many events before it are the same. */
    readonly index: number,
    /** That event in the source, in words; undefined where the source ends there. */
    readonly inSource: string | undefined,
    readonly inTarget: string | undefined,
  ) {
    super(
      `After ${index} events that are the same, the source has ${inSource ?? 'nothing more'} and the target has ` +
        (inTarget === inSource ? 'the same event with other content' : (inTarget ?? 'nothing more')),
    );
  }
}
