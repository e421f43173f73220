import { categoryOf, commandChangedNothing } from '#deciding';
import type { CommandContext, DecisionCommand, Receipt } from '#deciding';
import { idOf, streamName } from '#kernel';
import type { StoredEvent } from '#kernel';
import { BeginLoadCommand, FinishLoadCommand, ListLoadCommand } from './load.commands.js';
import { rangesInPart } from './load.decider.js';
import { loadRecorded, loadTakenBack } from './load.events.js';
import type { RecordedRange } from './load.events.js';
import type { LoadContext } from '../load-step.js';

type ReadStream = (stream: string) => Promise<readonly StoredEvent[]>;

/** The file that is loaded, and the plan that it is about, where it is about one. */
export interface LoadedFile {
  readonly name?: string | undefined;
  /** SHA-256 of its text, in base64url. */
  readonly digest: string;
  readonly planId?: string | undefined;
}

/**
 * The load that a file is to be recorded by: that which was cut off, or the next. Of a file that was loaded whole,
 * another load records only what the first one could not, so that it has an id of its own.
 */
export async function loadOf(
  digest: string,
  tenant: string,
  readStream: ReadStream,
): Promise<{ readonly loadId: string; readonly mayBeAnew: boolean }> {
  let mayBeAnew = true;
  for (let nth = 1; ; nth++) {
    const loadId = idOf('load', tenant, digest, String(nth));
    const events = await readStream(streamName(tenant, 'load', loadId));
    if (events.every(({ type }) => type !== loadRecorded.type)) return { loadId, mayBeAnew };
    // The same file again says what it said; also where that was taken back, so that no start brings it back.
    mayBeAnew = events[0]!.data['anew'] === true && events.every(({ type }) => type !== loadTakenBack.type);
  }
}

/** Whether something of a rehearsal would be told of things: a number that is claimed again tells nothing. */
export const tellsSomething = (appended: Iterable<readonly StoredEvent[]>): boolean =>
  [...appended].flat().some(({ type }) => type !== commandChangedNothing.type && type !== 'NumberClaimed');

/** Records that a load begins, before anything of it is, and when all of it is, what. */
export class RecordedLoad {
  constructor(
    private readonly loadId: string,
    private readonly file: LoadedFile,
    private readonly context: LoadContext,
    private readonly execute: (command: DecisionCommand) => Promise<Receipt>,
  ) {}

  /** @returns the position of the beginning: what the load records comes after it */
  async begin(commands: number, isAnew: boolean): Promise<string> {
    const { digest, name, planId } = this.file;
    const told = {
      digest,
      ...(name !== undefined && { file: name }),
      ...(planId !== undefined && { planId }),
      commands,
      ...(isAnew && { anew: true as const }),
    };
    const { position } = await this.execute(new BeginLoadCommand(this.loadId, told, this.#contextOf('begin')));
    return position;
  }

  /** @param carriedOut the commands and their answers */
  async finish(carriedOut: readonly (readonly [DecisionCommand, Receipt])[], begun: string): Promise<void> {
    const recorded = rangesOf(
      carriedOut.filter(([, { position, recorded: types }]) => types.length > 0 && position > begun),
    );
    const parts = recorded.length > rangesInPart ? Math.ceil(recorded.length / rangesInPart) : 0;
    for (let part = 1; part <= parts; part++) {
      const some = recorded.slice((part - 1) * rangesInPart, part * rangesInPart);
      await this.execute(new ListLoadCommand(this.loadId, { part, recorded: some }, this.#contextOf(`part ${part}`)));
    }
    await this.execute(new FinishLoadCommand(this.loadId, { recorded, parts }, this.#contextOf('finish')));
  }

  #contextOf(what: string): CommandContext {
    const { actor, correlationId, tenant } = this.context;
    return {
      tenant,
      actor,
      correlationId,
      commandId: idOf('of load', this.loadId, what),
      repeatable: true,
      settled: true,
    };
  }
}

/** Each stream's events one after another as one range. */
function rangesOf(carriedOut: readonly (readonly [DecisionCommand, Receipt])[]): RecordedRange[] {
  const ranges = new Map<string, RecordedRange[]>();
  for (const [command, { recorded, revision: to }] of carriedOut) {
    const { id } = command;
    const category = categoryOf(command);
    const from = to - recorded.length + 1;
    const known = ranges.get(`${category}-${id}`) ?? [];
    const last = known.at(-1);
    if (last?.to === from - 1) last.to = to;
    else known.push({ category, id, from, to });
    ranges.set(`${category}-${id}`, known);
  }
  return [...ranges.values()].flat();
}
