import { idOf, streamName } from '#kernel';
import type { EventCatalog } from '#kernel';
import type { EventStore } from '#event-store';
import type { AnsweredCommand } from './answered-commands.js';
import type { CommandChangedNothing } from './command.events.js';

/**
 * What commands that changed nothing were answered before such answers stood in the stream of their aggregate: each lies
 * in a stream of its own. None is written there any more, and those that were are answered for ever.
 */
export class CommandAnswers {
  constructor(
    private readonly store: Pick<EventStore, 'readStream'>,
    private readonly catalog: EventCatalog,
  ) {}

  async find(tenant: string, commandId: string, aggregateId: string): Promise<AnsweredCommand | undefined> {
    // A key may serve several aggregates, each of which has answers of its own.
    const stream = streamName(tenant, 'command', idOf(commandId, aggregateId));
    const [first] = await this.store.readStream(stream, { limit: 1 });
    if (!first) return undefined;
    const { data, metadata, position } = this.catalog.decode<CommandChangedNothing['data']>(first);
    return { digest: metadata.commandDigest, outcome: { revision: data.revision, position, recorded: [] } };
  }
}
