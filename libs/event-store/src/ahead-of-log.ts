import { DomainError, say } from '#kernel';

/** Whoever follows a log has seen what the log does not hold: it was restored from an older copy, or is another one. */
export class AheadOfLog extends DomainError {
  readonly code = 'ahead-of-log';
  readonly status = 503;
  readonly title = { en: 'The log is another one than before', sv: 'Loggen är en annan än tidigare' };

  /** @param position up to where it was read; left out where the store alone knows what it was asked for */
  constructor(readonly position?: string) {
    super(position === undefined ? lost() : lostUpTo({ position }));
  }

  override get transient(): boolean {
    return true;
  }
}

const lostUpTo = say(
  'The log does not hold what was read from it up to {position}: it was restored from an older copy, or is another',
  'Loggen saknar det som lästes ur den till och med {position}: den har återställts från en äldre kopia eller är en annan',
);
const lost = say(
  'The log does not hold what was read from it: it was restored from an older copy, or is another',
  'Loggen saknar det som lästes ur den: den har återställts från en äldre kopia eller är en annan',
);
