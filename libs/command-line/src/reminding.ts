import { Deadline, pause } from '#kernel';
import { json } from './api-client.js';
import type { ApiClient } from './api-client.js';
import { table } from './print.js';
import { roundId } from './references.js';

interface Reminder {
  readonly eventId: string;
  readonly missing: readonly { readonly bodyId: string; readonly itemIds: readonly string[] }[];
}

interface Coverage {
  readonly body: { readonly id: string; readonly name: string };
  readonly counts: { readonly missing: number };
}

/** The job that sends a reminder. */
interface Sending {
  readonly id: string;
  readonly key: string;
  readonly state: string;
  readonly error?: string;
  readonly waitingFor?: string;
  readonly result?: { readonly to?: string; readonly skipped?: string } | null;
}

interface Outcome {
  readonly result: object;
  readonly text: string;
  readonly exitCode?: number;
}

/** How long a reminder is followed, in milliseconds. */
export interface Patience {
  /** Until it is known that somebody sends it: where nobody is to be told, nobody does. */
  readonly begun: number;
  /** Until it is sent. */
  readonly ended: number;
}

const askAgainMilliseconds = 200;
/** As `exitCodeOf` has it: not done, and not done in time. */
const exitCodes = { failed: 1, late: 69 } as const;

/**
 * Reminds the bodies that are not ready, follows the sending of it to its end, and tells who was reminded, of how much, who
 * was not, to whom it was sent, and why not where it was not.
 */
export async function remind(client: ApiClient, reference: string, patience: Patience): Promise<Outcome> {
  const path = `/v1/rounds/${await roundId(client, reference)}`;
  const receipt = await client.post<{ position: string; recorded: readonly string[] }>(
    `${path}/remind`,
    'controller',
    json({}),
  );
  const { position } = receipt;
  const bodies = await client.list<Coverage>(`${path}/coverage?entryLimit=0&waitFor=${position}`);
  if (receipt.recorded.length === 0) {
    const notReminded = bodies.map(({ body }) => body.name);
    const result = { position, eventId: null, reminded: [], notReminded, sending: null };
    return {
      result,
      text: ['Ingen påmindes: alla har sagt sig vara klara. Inget skickas.', ...lackingText(bodies)].join('\n\n'),
    };
  }
  const { reminders } = await client.get<{ reminders: Reminder[] }>(`${path}?waitFor=${position}`);
  const { eventId, missing } = reminders.at(-1)!;
  const lacking = new Map(missing.map(({ bodyId, itemIds }) => [bodyId, itemIds.length]));
  const reminded = bodies.flatMap(({ body }) =>
    lacking.has(body.id) ? [{ body: body.name, missing: lacking.get(body.id)! }] : [],
  );
  const notReminded = bodies.filter(({ body }) => !lacking.has(body.id)).map(({ body }) => body.name);
  const sending = await followed(client, eventId, patience);
  const rows = reminded.map((one) => [one.body, one.missing === 0 ? 'inte klar' : `${one.missing} saknas`]);
  return {
    result: { position, eventId, reminded, notReminded, sending: sending ?? null },
    text: [
      `Påminnelsen står i loggen vid ${position}.`,
      `Påmindes:\n${table(rows)}`,
      ...(notReminded.length === 0
        ? []
        : [`Påmindes inte, eftersom de har sagt sig vara klara: ${notReminded.join(', ')}`]),
      ...lackingText(bodies.filter(({ body }) => !lacking.has(body.id))),
      sentence(sending),
    ].join('\n\n'),
    exitCode: exitCodeOf(sending),
  };
}

/** Who has said to be ready, is therefore not reminded, and lacks assessments all the same. */
function lackingText(notReminded: readonly Coverage[]): string[] {
  const lacking = notReminded.filter(({ counts }) => counts.missing > 0);
  if (lacking.length === 0) return [];
  const told = lacking.map(({ body, counts }) => `${body.name} (${counts.missing} saknas)`);
  return [`Har sagt sig vara klara fast bedömningar saknas: ${told.join(', ')}`];
}

/** The job that sends a reminder, once it has ended or its time is over; undefined where nobody is to be told. */
async function followed(client: ApiClient, eventId: string, { begun, ended }: Patience): Promise<Sending | undefined> {
  const [toBegin, toEnd] = [new Deadline(begun), new Deadline(ended)];
  let sending: Sending | undefined;
  for (; ; await pause(askAgainMilliseconds)) {
    sending = sending ? await jobOf(client, sending) : await foundJob(client, eventId);
    if (sending && hasEnded(sending)) return sending;
    if (sending ? toEnd.hasPassed : toBegin.hasPassed) return sending;
  }
}

async function foundJob(client: ApiClient, eventId: string): Promise<Sending | undefined> {
  const { items } = await client.get<{ items: Sending[] }>('/v1/jobs?name=send-reminder&limit=100', 'controller');
  return items.find(({ key }) => key === eventId);
}

const jobOf = (client: ApiClient, { id }: Sending): Promise<Sending> =>
  client.get<Sending>(`/v1/jobs/${encodeURIComponent(id)}`, 'controller');

const hasEnded = ({ state }: Sending): boolean => state === 'completed' || state === 'failed';

const isSent = (sending: Sending): boolean => sending.state === 'completed' && sending.result?.skipped === undefined;

function exitCodeOf(sending: Sending | undefined): number {
  if (!sending || isSent(sending)) return 0;
  return hasEnded(sending) ? exitCodes.failed : exitCodes.late;
}

function sentence(sending: Sending | undefined): string {
  if (!sending)
    return 'Inget är skickat än: den som driver tjänsten har ingen mottagare (SPARBAR_REMINDER_URL), eller så har arbetet inte börjat.';
  const { error, id, result, state, waitingFor } = sending;
  if (isSent(sending)) return `Den är skickad till ${result?.to ?? 'mottagaren'}.`;
  if (state === 'completed') return `Den är inte skickad: ${result!.skipped}`;
  if (state === 'failed') return `Den är inte skickad: ${error ?? 'orsaken är okänd'}`;
  const why = waitingFor ?? error;
  return `Den är inte skickad än${why === undefined ? '' : `: ${why}`}. Försöken fortsätter; följ dem med GET /v1/jobs/${id}`;
}
