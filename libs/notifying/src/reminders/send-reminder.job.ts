import type { EventStore } from '#event-store';
import { skippedBecause } from '#jobs';
import type { JobHandler, NewJob } from '#jobs';
import { NotFound, say, streamName } from '#kernel';
import type { Clock, EventCatalog, RecordedEvent, StoredEvent } from '#kernel';
import type { ItemReader } from '#planning';
import type { ReadModels } from '#projecting';
import { missingList, roundDirectory } from '#rounds';
import type { Lacking, RoundMissingListed, RoundReminded } from '#rounds';
import { reminderMessage } from './reminder-message.js';
import { checkReceiver, sendWebhook } from './webhook.js';
import type { WebhookReceiver } from './webhook.js';

const name = 'send-reminder';
const longestAgeMilliseconds = 7 * 24 * 3_600_000;

export interface SendReminder {
  readonly tenant: string;
  readonly roundId: string;
  /** The `RoundReminded` that is to be told of. */
  readonly eventId: string;
}

export interface SendReminderOptions {
  readonly eventStore: Pick<EventStore, 'readStream'>;
  readonly catalog: EventCatalog;
  readonly readModels: ReadModels;
  readonly reader: ItemReader;
  readonly clock: Clock;
}

/**
 * The job that an event of the log leads to, once for each reminder; undefined for any other event.
 * @throws CorruptEvent where the event cannot be read
 */
export function reminderJobOf(event: StoredEvent, catalog: EventCatalog): NewJob | undefined {
  if (event.type !== 'RoundReminded') return undefined;
  const { data, id, metadata } = catalog.decode<RoundReminded['data']>(event);
  const { tenant } = metadata;
  return { name, key: id, tenant, data: { tenant, roundId: data.roundId, eventId: id } };
}

/**
 * Tells a receiver of reminders. A run that throws is tried again with the same message id, so that a receiver that had
 * taken it knows it.
 * @throws RangeError where the receiver cannot be used
 */
export function sendReminderJob(receiver: WebhookReceiver, options: SendReminderOptions): JobHandler {
  checkReceiver(receiver);
  return {
    name,
    attempts: 8,
    backoffMilliseconds: 30_000,
    /** @throws WebhookFailed, NotFound, ReadModelsBehind, StoreUnavailable */
    async run(data) {
      const asked = data as unknown as SendReminder;
      const { clock, readModels, reader } = options;
      const { event, missing } = await needReminder(asked, options);
      const age = clock.now().getTime() - Date.parse(event.metadata.recordedAt);
      // The log is met again from its start where what was done is forgotten: nobody is reminded of what is long past.
      if (age > longestAgeMilliseconds) return skippedBecause(isTooOld());
      await readModels.waitFor(event.position, { tenant: asked.tenant });
      const round = await readModels.get(roundDirectory, asked.roundId);
      if (!round) throw new NotFound('round', asked.roundId);
      const message = await reminderMessage(event, missing, round, readModels, reader);
      await sendWebhook(receiver, { id: event.id, body: JSON.stringify(message) }, clock.now());
      return { to: receiver.url.origin };
    },
  };
}

/** The reminder, and the list of what it tells of. */
async function needReminder(
  { eventId, roundId, tenant }: SendReminder,
  { catalog, eventStore }: SendReminderOptions,
): Promise<{ readonly event: RecordedEvent<RoundReminded>; readonly missing: readonly Lacking[] }> {
  const events = await eventStore.readStream(streamName(tenant, 'round', roundId));
  const at = events.findIndex(({ id, type }) => id === eventId && type === 'RoundReminded');
  if (at < 0) throw new NotFound('reminder', eventId);
  const event = catalog.decode(events[at]!) as unknown as RecordedEvent<RoundReminded>;
  const parts = events.slice(at - event.data.lacking.parts, at);
  const list = parts.map((part) => catalog.decode<RoundMissingListed['data']>(part).data);
  return { event, missing: missingList(event.data, list) };
}

const isTooOld = say('The reminder is too old to tell anyone', 'Påminnelsen är för gammal för att skickas');
