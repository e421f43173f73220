import { idOf, streamName } from '#kernel';
import type { Actor, FormalDecision, Inference, Provenance, StoredEvent } from '#kernel';
import { categoryOf } from '#deciding';
import type { DecisionCommand, DecisionCommandClass } from '#deciding';
import type { DomainCommand } from '#kernel';

/** One command of a load, and the place in the file that it comes from. */
export interface LoadStep {
  /** Such as `items[3]`. */
  readonly path: string;
  readonly command: DecisionCommand;
  /** The field of the command's data that names an earlier command about the same thing, and is to name the event that this led to. */
  readonly eventIn?: string | undefined;
}

/** Commands that wait for each other only where they are about one aggregate. Those of one batch wait for those of the batch before. */
export type LoadBatch = readonly LoadStep[];

/** Who loads, for whom, and where what is loaded comes from. */
export interface LoadContext extends Provenance {
  readonly tenant: string;
  readonly actor: Actor;
  readonly correlationId: string;
  /** The rules by which something is doubted and is meant. */
  readonly confirm?: readonly string[];
}

/** What a file tells beside something of where it comes from. */
export interface Grounds {
  readonly inferred?: readonly Inference[] | undefined;
  readonly retold?: readonly string[] | undefined;
  readonly note?: string | undefined;
}

const groundsOf = ({ inferred, note, retold }: Grounds): Provenance => ({
  ...(inferred && { inferred }),
  ...(retold && { retold }),
  ...(note !== undefined && { note }),
});

/**
 * Makes a step. Its command id follows from what the command is about and from `part`, never from the place in the
 * file or from the day: the same file again repeats the same commands, which are answered and not recorded.
 */
export function loadStep<Domain extends DomainCommand>(
  context: LoadContext,
  step: {
    readonly path: string;
    readonly command: DecisionCommandClass<Domain>;
    readonly id: string;
    readonly data: Domain['data'];
    readonly effectiveOn?: string | undefined;
    readonly decision?: FormalDecision | undefined;
    readonly grounds?: Grounds;
    /** Tells the commands about one aggregate apart. */
    readonly part?: readonly string[];
    readonly eventIn?: string | undefined;
  },
): LoadStep {
  const { command, data, decision, effectiveOn, eventIn, grounds = {}, id, part = [], path } = step;
  return later(() => ({
    path,
    eventIn,
    command: new command(id, data, {
      ...context,
      ...groundsOf(grounds),
      commandId: idOf('load', context.tenant, command.name, id, ...part),
      repeatable: true,
      ...(effectiveOn && { effectiveOn }),
      ...(decision && { decision }),
    }),
  }));
}

/**
 * A step that is made when it is asked for, and once: a file may stand for ten thousand of them, whose ids alone, made at once,
 * would hold up others.
 */
export const later = (make: () => LoadStep): LoadStep => new LaterMade(make);

class LaterMade implements LoadStep {
  #made: LoadStep | undefined;
  readonly #make: () => LoadStep;

  constructor(make: () => LoadStep) {
    this.#make = make;
  }

  get path(): string {
    return this.#step.path;
  }

  get command(): DecisionCommand {
    return this.#step.command;
  }

  get eventIn(): string | undefined {
    return this.#step.eventIn;
  }

  get #step(): LoadStep {
    return (this.#made ??= this.#make());
  }
}

/** The command of a step, with the event that it names as the log has it. */
export async function commandIn(
  { command, eventIn }: LoadStep,
  readStream: (stream: string) => Promise<readonly StoredEvent[]>,
): Promise<DecisionCommand> {
  if (eventIn === undefined) return command;
  const { context, id } = command;
  const data = command.data as Readonly<Record<string, unknown>>;
  const events = await readStream(streamName(context.tenant, categoryOf(command), id));
  const found = events.find(({ metadata }) => metadata.commandId === data[eventIn]);
  const Command = command.constructor as DecisionCommandClass;
  return new Command(id, { ...data, ...(found && { [eventIn]: found.id }) }, context);
}
