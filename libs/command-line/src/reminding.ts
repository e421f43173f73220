import { json } from './api-client.js';
import type { ApiClient } from './api-client.js';
import { table } from './print.js';
import { roundId } from './references.js';

interface Reminder {
  readonly eventId: string;
  readonly missing: readonly { readonly bodyId: string; readonly itemIds: readonly string[] }[];
}

interface Coverage {
  readonly items: readonly {
    readonly body: { readonly id: string; readonly name: string };
    readonly ready: { readonly at: string } | null;
  }[];
}

interface Sending {
  readonly key: string;
  readonly state: string;
  readonly error?: string;
}

/** Reminds the bodies that are not ready, and tells who was, of how much, who was not, and whether anybody was sent it. */
export async function remind(client: ApiClient, reference: string): Promise<{ result: object; text: string }> {
  const path = `/v1/rounds/${await roundId(client, reference)}`;
  const { position } = await client.post<{ position: string }>(`${path}/remind`, 'controller', json({}));
  const { reminders } = await client.get<{ reminders: Reminder[] }>(`${path}?waitFor=${position}`);
  const bodies = await client.list<Coverage['items'][number]>(`${path}/coverage`);
  const { eventId, missing } = reminders.at(-1)!;
  const lacking = new Map(missing.map(({ bodyId, itemIds }) => [bodyId, itemIds.length]));
  const reminded = bodies.flatMap(({ body }) =>
    lacking.has(body.id) ? [{ body: body.name, missing: lacking.get(body.id)! }] : [],
  );
  const ready = bodies.filter(({ body }) => !lacking.has(body.id)).map(({ body }) => body.name);
  const sending = await sendingOf(client, eventId);
  const rows = reminded.map((one) => [one.body, one.missing === 0 ? 'inte klar' : `${one.missing} saknas`]);
  return {
    result: { position, eventId, reminded, notReminded: ready, sending: sending ?? null },
    text: [
      `Påminnelsen står i loggen vid ${position}.`,
      rows.length === 0 ? 'Ingen påmindes: alla är klara.' : `Påmindes:\n${table(rows)}`,
      ...(ready.length === 0 ? [] : [`Påmindes inte, eftersom de är klara: ${ready.join(', ')}`]),
      sentence(sending),
    ].join('\n\n'),
  };
}

/** The job that sends it; undefined where there is none, as where the operator has named no receiver. */
async function sendingOf(client: ApiClient, eventId: string): Promise<Sending | undefined> {
  const { items } = await client.get<{ items: Sending[] }>('/v1/jobs?name=send-reminder&limit=100', 'controller');
  return items.find(({ key }) => key === eventId);
}

function sentence(sending: Sending | undefined): string {
  if (!sending)
    return 'Inget är skickat än: den som driver tjänsten har ingen mottagare (SPARBAR_REMINDER_URL), eller så har arbetet inte börjat.';
  if (sending.state === 'completed') return 'Den är skickad till mottagaren.';
  return sending.state === 'failed'
    ? `Den är inte skickad: ${sending.error ?? 'orsaken är okänd'}`
    : 'Den skickas nu. Följ den med: GET /v1/jobs?name=send-reminder';
}
