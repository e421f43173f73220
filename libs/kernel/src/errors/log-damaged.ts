import type { StoredEvent } from '../events/envelope.js';
import { DomainError } from './domain-error.js';
import { inLanguage, joined, say, term, usualLanguage } from '../texts/said.js';
import type { Said } from '../texts/said.js';

/** Where a stream is not whole. */
export interface Damage {
  readonly stream: string;
  /** The revision that should come next. */
  readonly awaited: number;
  /** The revision of the event that is there instead; undefined where nothing is. */
  readonly found: number | undefined;
}

/**
 * A stream of the log is not whole: events of it were deleted, have expired, or were never ours. The log is the same one
 * as before. What is left is not the whole story, so nothing is decided on it; no retry helps, only whoever administers
 * the log. The API answers 503, since nothing is wrong with the request, yet without `Retry-After`.
 */
export class LogDamaged extends DomainError {
  readonly code = 'log-damaged';
  readonly status = 503;
  readonly title = { en: 'The log is damaged', sv: 'Loggen är skadad' };

  constructor(
    readonly damage: Damage,
    /** The events of the stream that can still be read, as far as they were asked for. */
    readonly left: readonly StoredEvent[] = [],
  ) {
    super(damageTold(damage));
  }

  override particularsIn(): Readonly<Record<string, unknown>> {
    return { ...this.damage };
  }
}

/** In words, such as for a list of all that is damaged. */
export const describeDamage = (damage: Damage): string => inLanguage(usualLanguage, damageTold(damage));

/** What a log has lost. */
export interface Loss {
  /** Streams that are not whole, the first of them. */
  readonly damaged: readonly Damage[];
  readonly damagedStreams: number;
  /** How many events documents hold of which the log says nothing any longer. */
  readonly lostEvents: number;
}

/** In words; undefined where nothing is lost. @param name the projection whose documents hold what is lost */
export function describeLoss(loss: Loss, name: string): string | undefined {
  const said = lossTold(loss, name);
  return said && inLanguage(usualLanguage, said);
}

/** The same in every language. */
export function lossTold({ damaged, damagedStreams, lostEvents }: Loss, name: string): Said | undefined {
  const first = damagedStreams > 0 ? damageTold(damaged[0]!) : undefined;
  const told = [
    ...(first ? [damagedStreams > 1 ? andMore({ first, streams: damagedStreams - 1 }) : first] : []),
    ...(lostEvents > 0
      ? [lacks({ events: lostEvents === 1 ? oneEvent : manyEvents({ count: lostEvents }), name })]
      : []),
  ];
  return told.length === 0 ? undefined : joined(told, '. ');
}

/** What is wrong with a stream, in every language. */
export function damageTold({ awaited, found, stream }: Damage): Said {
  if (found === awaited) return foreign({ found, stream });
  return found === undefined ? missing({ awaited, stream }) : other({ awaited, found, stream });
}

const andMore = say('{first}, and {streams} more streams', '{first}, och {streams} strömmar till');
const oneEvent = term('one', '1 event', '1 händelse');
const manyEvents = say('{count} events', '{count} händelser');
const lacks = say(
  'The log lacks {events} that the documents of {name} hold',
  'Loggen saknar {events} som finns i dokumenten för {name}',
);
const foreign = say(
  'The log is damaged: the event at revision {found} of {stream} is none of ours',
  'Loggen är skadad: händelsen vid revision {found} av {stream} är inte vår',
);
const missing = say(
  'The log is damaged: revision {awaited} of {stream} is missing, and nothing is there instead',
  'Loggen är skadad: revision {awaited} av {stream} saknas, och inget finns i dess ställe',
);
const other = say(
  'The log is damaged: revision {awaited} of {stream} is missing, and revision {found} is there instead',
  'Loggen är skadad: revision {awaited} av {stream} saknas, och revision {found} finns i dess ställe',
);
