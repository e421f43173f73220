import { DomainError } from './domain-error.js';
import { say } from '../texts/said.js';

/** An event that this version of the code cannot read, or should never have tried to write. */
export class CorruptEvent extends DomainError {
  readonly code = 'corrupt-event';
  readonly status = 500;
  readonly title = { en: 'A recorded event cannot be read', sv: 'En registrerad händelse kan inte läsas' };

  constructor(
    readonly type: string,
    fault: string,
    readonly position?: string,
  ) {
    super(position ? placed({ type, position, fault }) : unplaced({ type, fault }));
  }
}

const placed = say('The event {type} at {position} {fault}', 'Händelsen {type} på plats {position}: {fault}');
const unplaced = say('The event {type} {fault}', 'Händelsen {type}: {fault}');
