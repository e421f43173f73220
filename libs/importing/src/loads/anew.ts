import { categoryOf } from '#deciding';
import type { DecisionCommand, DecisionCommandClass } from '#deciding';
import { idOf, streamName } from '#kernel';
import type { StoredEvent } from '#kernel';
import { AssessItemCommand, assessmentIdOf } from '#planning';
import type { LoadBatch, LoadStep } from '../load-step.js';
import { loadTakenBack } from './load.events.js';

type ReadStream = (stream: string) => Promise<readonly StoredEvent[]>;

/** Tells of loads whether they were taken back. Each is asked of the log once. */
export class TakenBackLoads {
  readonly #known = new Map<string, Promise<boolean>>();
  readonly #streams = new Map<string, Promise<ReadonlyMap<string, string>>>();

  constructor(
    private readonly tenant: string,
    private readonly readStream: ReadStream,
  ) {}

  /** The events of a stream that are of no load that was taken back. */
  async without(stream: string): Promise<readonly StoredEvent[]> {
    const events = await this.readStream(stream);
    const gone = await Promise.all(events.map(({ metadata }) => this.has(metadata.correlationId)));
    return events.filter((_, index) => !gone[index]);
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
  async anew(batches: readonly LoadBatch[]): Promise<LoadBatch[]> {
    const ids = new Map<string, string>();
    for (const { command } of batches.flat()) {
      const id = await this.#idOf(command);
      if (id !== command.context.commandId) ids.set(command.context.commandId, id);
    }
    if (ids.size === 0) return [...batches];
    const assessments = new Map([...ids].map(([before, id]) => [assessmentIdOf(before), assessmentIdOf(id)]));
    return batches.map((batch) => batch.map((step) => withIds(step, ids, assessments)));
  }

  async #idOf(command: DecisionCommand): Promise<string> {
    const events = await this.#commandsOf(streamName(this.tenant, categoryOf(command), command.id));
    let { commandId } = command.context;
    for (;;) {
      const loadId = events.get(commandId);
      if (loadId === undefined || !(await this.has(loadId))) return commandId;
      commandId = idOf('anew', commandId, loadId);
    }
  }

  /** By the ids of the commands that a stream tells of, what they were a part of. */
  #commandsOf(stream: string): Promise<ReadonlyMap<string, string>> {
    const read = async () => {
      const events = await this.readStream(stream);
      return new Map(events.map(({ metadata }) => [metadata.commandId, metadata.correlationId]));
    };
    const known = this.#streams.get(stream) ?? read();
    this.#streams.set(stream, known);
    return known;
  }
}

function withIds(
  { command, path }: LoadStep,
  ids: ReadonlyMap<string, string>,
  assessments: ReadonlyMap<string, string>,
): LoadStep {
  const { context, data, id } = command;
  const about = data as { readonly assessmentId?: string };
  const assessmentId = command instanceof AssessItemCommand ? undefined : assessments.get(about.assessmentId ?? '');
  const commandId = ids.get(context.commandId) ?? context.commandId;
  const Command = command.constructor as DecisionCommandClass;
  const asked = assessmentId === undefined ? data : { ...(data as object), assessmentId };
  return { path, command: new Command(id, asked as never, { ...context, commandId }) };
}
