import { DomainError } from './domain-error.js';
import { say } from '../texts/said.js';

/** An event id that the log already holds came with another stream or place. Nothing of the append was recorded. */
export class EventIdReused extends DomainError {
  readonly code = 'event-id-reused';
  readonly status = 500;
  readonly title = { en: 'An event id is in the log already', sv: 'En händelses id finns redan i loggen' };

  constructor(readonly stream: string) {
    super(reused({ stream }));
  }
}

const reused = say(
  'An event id of the append to {stream} is already in the log elsewhere',
  'Ett id på en händelse som ska läggas till i {stream} finns redan på annan plats i loggen',
);
