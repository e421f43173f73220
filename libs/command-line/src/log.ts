import type { Acceptance, LogStatus } from '#continuity';
import { json } from './api-client.js';
import type { ApiClient } from './api-client.js';

/** Whether the log is the one that was written. */
export async function logStatus(client: ApiClient): Promise<{ result: LogStatus; text: string; exitCode: number }> {
  const result = await client.get<LogStatus>('/v1/log');
  const { accepted, replaced } = result;
  const lines = [
    replaced ? replacedText(replaced) : 'The log is the one that was written.',
    ...(accepted
      ? [`It was accepted at ${accepted.at} by ${accepted.by.role} ${accepted.by.id}, because: ${accepted.reason}`]
      : []),
  ];
  return { result, text: lines.join('\n'), exitCode: replaced ? logReplaced : 0 };
}

/** Accepts the log that there is in place of the one that was written. */
export async function acceptLog(client: ApiClient, reason: string): Promise<{ result: Acceptance; text: string }> {
  const result = await client.post<Acceptance>('/v1/log/accept', 'administrator', json({ reason }));
  return { result, text: 'The log is accepted. Documents are made anew: sparbar projections status' };
}

/** As what differs from the log: what was written is not there. */
const logReplaced = 5;

const replacedText = ({
  lost: { eventId, position, revision, stream },
  since,
}: NonNullable<LogStatus['replaced']>): string =>
  [
    `Since ${since} the log lacks what it held before: ` +
      (eventId === undefined
        ? `an event at ${position}`
        : `the event ${eventId}, revision ${revision} of ${stream}, at ${position}`),
    'Nothing is recorded meanwhile. Bring the right log back, or accept this one: sparbar log accept --reason TEXT',
  ].join('\n');
