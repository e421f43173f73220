import { setImmediate as othersTurn } from 'node:timers/promises';
import { categoryOf } from '#deciding';
import type { DecisionCommand, DecisionCommandClass } from '#deciding';
import { idOf, streamName } from '#kernel';
import type { StoredEvent } from '#kernel';
import { AssessItemCommand, assessmentIdOf } from '#planning';
import type { LoadBatch, LoadStep } from '../load-step.js';
import { loadTakenBack } from './load.events.js';
import { cancels, takesBack } from './taking-steps.js';

/** The commands of a file, and whether any of them says anew what was taken back. */
export interface FileAnew {
  readonly batches: LoadBatch[];
  readonly isAnew: boolean;
}

type ReadStream = (stream: string) => Promise<readonly StoredEvent[]>;

/** So many commands are looked at between the turns of others. */
const inATurn = 16;

/** Tells of loads whether they were taken back. Each is asked of the log once. */
export class TakenBackLoads {
  readonly #known = new Map<string, Promise<boolean>>();
  readonly #streams = new Map<string, Promise<ReadonlyMap<string, string>>>();

  constructor(
    private readonly tenant: string,
    private readonly readStream: ReadStream,
  ) {}

  /** The events of a stream but for those that were taken back with their load. */
  async without(stream: string): Promise<readonly StoredEvent[]> {
    const events = await this.readStream(stream);
    const gone = await this.#goneOf(events);
    return events.filter((event) => !gone.has(event));
  }

  /** Those of a stream that were of a load which was taken back, and are taken back themselves: what rested on others stays. */
  async #goneOf(events: readonly StoredEvent[]): Promise<ReadonlySet<StoredEvent>> {
    const gone = new Set<StoredEvent>();
    for (const event of events)
      if ((await this.has(event.metadata.correlationId)) && isTakenBack(event, events)) gone.add(event);
    return gone;
  }

  has(loadId: string): Promise<boolean> {
    const known = this.#known.get(loadId) ?? this.#ask(loadId);
    this.#known.set(loadId, known);
    return known;
  }

  async #ask(loadId: string): Promise<boolean> {
    const events = await this.readStream(streamName(this.tenant, 'load', loadId));
    return events.some(({ type }) => type === loadTakenBack.type);
  }

  /**
   * The commands of a file, of which those that a load recorded which was taken back are other ones now: they are carried out
   * anew, and not answered as they were.
   */
  async anew(batches: LoadBatch[]): Promise<FileAnew> {
    const ids = new Map<string, string>();
    let asked = 0;
    for (const { command } of batches.flat()) {
      if (asked++ % inATurn === 0) await othersTurn();
      const id = await this.#idOf(command);
      if (id !== command.context.commandId) ids.set(command.context.commandId, id);
    }
    await othersTurn();
    if (ids.size === 0) return { batches, isAnew: false };
    const assessments = new Map([...ids].map(([before, id]) => [assessmentIdOf(before), assessmentIdOf(id)]));
    return { batches: batches.map((batch) => batch.map((step) => withIds(step, ids, assessments))), isAnew: true };
  }

  async #idOf(command: DecisionCommand): Promise<string> {
    const events = await this.#commandsOf(streamName(this.tenant, categoryOf(command), command.id));
    let { commandId } = command.context;
    for (;;) {
      const loadId = events.get(commandId);
      if (loadId === undefined) return commandId;
      commandId = idOf('anew', commandId, loadId);
    }
  }

  /** By the ids of the commands that led to what is taken back, the load that they were a part of. */
  #commandsOf(stream: string): Promise<ReadonlyMap<string, string>> {
    const read = async () => {
      const gone = await this.#goneOf(await this.readStream(stream));
      return new Map([...gone].map(({ metadata }) => [metadata.commandId, metadata.correlationId]));
    };
    const known = this.#streams.get(stream) ?? read();
    this.#streams.set(stream, known);
    return known;
  }
}

const isTakenBack = ({ id, revision }: StoredEvent, events: readonly StoredEvent[]): boolean =>
  events.some(
    ({ data, metadata, revision: later, type }) =>
      later > revision &&
      (cancels.includes(type) || (takesBack.includes(type) && (metadata.corrects === id || data['eventId'] === id))),
  );

function withIds(
  { command, eventIn, path }: LoadStep,
  ids: ReadonlyMap<string, string>,
  assessments: ReadonlyMap<string, string>,
): LoadStep {
  const { context, data, id } = command;
  const about = data as { readonly assessmentId?: string };
  const assessmentId = command instanceof AssessItemCommand ? undefined : assessments.get(about.assessmentId ?? '');
  const commandId = ids.get(context.commandId) ?? context.commandId;
  const Command = command.constructor as DecisionCommandClass;
  const named = eventIn && ids.get((data as Readonly<Record<string, string>>)[eventIn]!);
  const asked = {
    ...(data as object),
    ...(assessmentId !== undefined && { assessmentId }),
    ...(named && { [eventIn]: named }),
  };
  return { path, ...(eventIn && { eventIn }), command: new Command(id, asked, { ...context, commandId }) };
}
