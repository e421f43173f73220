import { DomainError, say, verbatim } from '#kernel';

/** An event of a log takes more room than another store gives one append: it was recorded before there was a limit. */
export class EventTooLarge extends DomainError {
  readonly code = 'event-too-large';
  readonly status = 413;
  readonly title = { en: 'An event is too large for another store', sv: 'En händelse är för stor för ett annat lager' };

  constructor(
    /** Its type, id, revision and stream, in words. */
    readonly event: string,
    readonly size: number,
    readonly limit: number,
  ) {
    super(tooLarge({ event: verbatim(event), size, limit }));
  }
}

const tooLarge = say(
  'The event {event} takes {size} bytes, and no store takes more than {limit} at once: neither it nor what comes after it was copied',
  'Händelsen {event} tar {size} byte, och inget lager tar mer än {limit} på en gång: varken den eller det som följer har kopierats',
);
