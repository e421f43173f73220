import type { Aggregate } from '#deciding';
import type { NotedPlace } from '#event-store';
import type { DomainCommand, RecordedFact } from '#kernel';
import type { LogAccepted } from './log.events.js';

/** What a log lacked when it was accepted last. */
export interface DecidedLog {
  readonly lost?: LogAccepted['data']['lost'];
}

/** The log is accepted though it lacks what it held before. */
export type AcceptLog = DomainCommand<
  'AcceptLog',
  { lost: NotedPlace; reason: string },
  { /** Where the log ends. */ readonly end: string }
>;

/** The log, as it is decided on. */
export const decidedLog: Aggregate<AcceptLog, DecidedLog, LogAccepted> = {
  category: 'log',
  decider: { initialState: {}, decide, evolve },
};

function decide({ data, facts }: AcceptLog, log: DecidedLog): LogAccepted[] {
  const { lost, reason } = data;
  const { eventId, position, revision, stream } = lost;
  if (log.lost?.position === position && log.lost.eventId === eventId) return [];
  const place = {
    position,
    ...(eventId !== undefined && { eventId }),
    ...(stream !== undefined && { stream }),
    ...(revision !== undefined && { revision }),
  };
  return [{ type: 'LogAccepted', data: { reason, lost: place, end: facts.end } }];
}

function evolve(_: DecidedLog, { data: { lost } }: RecordedFact<LogAccepted>): DecidedLog {
  return { lost };
}
