import { DomainError } from './domain-error.js';
import { say } from '../texts/said.js';

/** The events of one append take more room than the store gives one append. Nothing of it was recorded. */
export class AppendTooLarge extends DomainError {
  readonly code = 'append-too-large';
  readonly status = 413;
  readonly title = { en: 'The request is too large', sv: 'Begäran är för stor' };

  constructor(
    readonly stream: string,
    /** What the events take, in bytes. */
    readonly size: number,
    /** What one append may take, in bytes. */
    readonly limit: number,
  ) {
    super(tooLarge({ stream, size, limit }));
  }
}

const tooLarge = say(
  'An append to {stream} takes {size} bytes, and the event store takes at most {limit} bytes at once',
  'Det som ska läggas till i {stream} tar {size} byte, och händelselagret tar högst {limit} byte på en gång',
);
