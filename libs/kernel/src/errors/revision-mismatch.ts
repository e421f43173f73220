import { DomainError } from './domain-error.js';
import { say } from '../texts/said.js';

/** The stream has moved on since the caller read it. */
export class RevisionMismatch extends DomainError {
  readonly code = 'revision-mismatch';
  readonly status = 412;
  readonly title = {
    en: 'The resource was changed in the meantime',
    sv: 'Det som skulle ändras har ändrats under tiden',
  };

  constructor(
    readonly stream: string,
    readonly expected: number | 'no-stream',
    /** The revision that the stream has; undefined where the store did not say. */
    readonly actual?: number | 'no-stream',
  ) {
    super(actual === undefined ? elsewhere({ stream, expected }) : moved({ stream, expected, actual }));
  }

  override get transient(): boolean {
    return true;
  }
}

const moved = say(
  '{stream} was expected at {expected} and is at {actual}',
  '{stream} väntades vid {expected} och är vid {actual}',
);
const elsewhere = say('{stream} was expected at {expected}', '{stream} väntades vid {expected}');
