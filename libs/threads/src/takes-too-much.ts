import { DomainError, say } from '#kernel';

/** What was asked for takes more time or memory than one request is given. Nothing was done. */
export class TakesTooMuch extends DomainError {
  readonly code = 'takes-too-much';
  readonly status = 503;
  readonly title = { en: 'It takes more than one request is given', sv: 'Det tar mer än vad en förfrågan får' };

  constructor(seconds: number, megabytes: number, cause: unknown) {
    super(beyond({ seconds, megabytes }), { cause });
  }
}

const beyond = say(
  'The work took more than {seconds} seconds or {megabytes} MB, and was ended',
  'Arbetet tog mer än {seconds} sekunder eller {megabytes} MB och avbröts',
);
