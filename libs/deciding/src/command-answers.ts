import Type from 'typebox';
import { defineEvent, field, idOf, payload, RevisionMismatch, streamName } from '#kernel';
import type { EventCatalog, EventMetadata, EventOf } from '#kernel';
import type { EventStore } from '#event-store';
import type { AnsweredCommand } from './aggregate-loader.js';

/** A command that may come again was found to change nothing. Its own stream keeps what it was answered. */
export const commandChangedNothing = defineEvent(
  'CommandChangedNothing',
  payload({
    /** The aggregate that it was put to. */
    aggregateId: field.id,
    /** The revision that the aggregate had. */
    revision: Type.Integer({ minimum: 0 }),
  }),
);

type CommandChangedNothing = EventOf<typeof commandChangedNothing>;

/**
 * What commands were answered that left no event in the stream of their aggregate. Repeated after others have changed
 * the same thing, such a command would otherwise be decided again, and then change something.
 */
export class CommandAnswers {
  constructor(
    private readonly store: Pick<EventStore, 'append' | 'readStream'>,
    private readonly catalog: EventCatalog,
  ) {}

  async find(tenant: string, commandId: string, aggregateId: string): Promise<AnsweredCommand | undefined> {
    const [first] = await this.store.readStream(streamOf(tenant, commandId, aggregateId), { limit: 1 });
    if (!first) return undefined;
    const { data, metadata, position } = this.catalog.decode<CommandChangedNothing['data']>(first);
    return { digest: metadata.commandDigest, outcome: { revision: data.revision, position, recorded: [] } };
  }

  /** Keeps an answer, or gives the one that the same command got at the same time. */
  async keep(
    data: CommandChangedNothing['data'],
    metadata: Omit<EventMetadata, 'schema'>,
  ): Promise<AnsweredCommand['outcome']> {
    const { commandId, tenant } = metadata;
    const event = this.catalog.encode({ type: commandChangedNothing.type, data });
    const envelope = {
      id: idOf(commandId, data.aggregateId, 'answer'),
      type: commandChangedNothing.type,
      data: event.data,
      metadata: { ...metadata, schema: event.schema },
    };
    try {
      const { position } = await this.store.append(
        streamOf(tenant, commandId, data.aggregateId),
        [envelope],
        'no-stream',
      );
      return { revision: data.revision, position, recorded: [] };
    } catch (error) {
      const kept = error instanceof RevisionMismatch && (await this.find(tenant, commandId, data.aggregateId));
      if (!kept) throw error;
      return kept.outcome;
    }
  }
}

/** A key may serve several aggregates, each of which has answers of its own. */
const streamOf = (tenant: string, commandId: string, aggregateId: string): string =>
  streamName(tenant, 'command', idOf(commandId, aggregateId));
