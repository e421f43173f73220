import { setImmediate as othersTurn } from 'node:timers/promises';
import { DecisionRunner, decideWith, RehearsalStore } from '#deciding';
import type { DecisionCommand, Readers, Receipt } from '#deciding';
import type { EventStore } from '#event-store';
import {
  AppendTooLarge,
  digestOfText,
  DomainError,
  Doubtful,
  IdempotencyKeyReused,
  RuleViolation,
  say,
  startOfLog,
  StoreFailure,
} from '#kernel';
import type { Actor, Clock, Doubt, EventCatalog, Said, StoredEvent } from '#kernel';
import { PlanFileFaults, readPlanFile } from '#plan-files';
import type { PlanFile, PlanFileFault, Position } from '#plan-files';
import { KeyedIds } from './keyed-ids.js';
import { commandIn } from './load-step.js';
import type { LoadBatch, LoadContext, LoadStep } from './load-step.js';
import { TakenBackLoads } from './loads/anew.js';
import type { FileAnew } from './loads/anew.js';
import { loadOf, RecordedLoad, tellsSomething } from './loads/recorded-load.js';
import type { LoadedFile } from './loads/recorded-load.js';
import { missingReferences } from './missing-references.js';
import { stepsMeant } from './rounds-meant.js';

/** What a load did. */
export interface LoadReport {
  readonly file: string;
  /** How many commands the file stands for. */
  readonly commands: number;
  /** How many events were recorded. */
  readonly recorded: number;
  /** How many commands had been carried out by an earlier load, or changed nothing. */
  readonly unchanged: number;
  /** The position of the newest event that the file led to. */
  readonly position: string;
  /** The load that what was recorded is of, by which it is taken back as one; missing where nothing was. */
  readonly loadId?: string;
}

/** A file by what it is called. */
interface NamedFile extends Pick<LoadedFile, 'digest'> {
  readonly name?: string;
}

/** Who loads a file, and what is confirmed of it. */
export interface WhoLoads {
  readonly tenant: string;
  readonly actor: Actor;
  readonly confirm?: readonly string[];
}

/** Loads plan files, whole or not at all, and nothing twice. */
export class PlanLoader {
  constructor(
    private readonly eventStore: EventStore,
    private readonly catalog: EventCatalog,
    private readonly clock: Clock,
    private readonly execute: (command: DecisionCommand) => Promise<Receipt>,
    private readonly readers: Readers,
  ) {}

  /**
   * Records what a plan file tells. The commands are rehearsed first, so that a file that a rule refuses at its end
   * leaves no trace of its beginning. A load that was cut off is finished by loading the file again.
   * @param text the file, as YAML
   * @param name what messages call it
   * @param who records it; `confirm`: the rules by which something is doubted and is meant, beside those that the file confirms
   * @param signal ends the rehearsal, with its reason; what has begun to be recorded is recorded whole
   * @throws PlanFileFaults with every fault and its line; Doubtful with everything that looks like a mistake
   */
  async load(text: string, name: string, who: WhoLoads, signal?: AbortSignal): Promise<LoadReport> {
    return this.record(readPlanFile(text, name), { name, digest: digestOfText(text) }, who, signal);
  }

  /** The same of a file that was read. */
  async record(
    file: PlanFile,
    { digest, name }: Readonly<NamedFile>,
    { confirm = [], ...who }: WhoLoads,
    signal?: AbortSignal,
  ): Promise<LoadReport> {
    const readStream = (stream: string) => this.eventStore.readStream(stream);
    const missing = await missingReferences(file, who.tenant, (stream) =>
      this.eventStore.readStream(stream, { limit: 1 }),
    );
    if (missing.length > 0) throw new PlanFileFaults(name, missing);
    const { loadId, mayBeAnew } = await loadOf(digest, who.tenant, readStream);
    const context = { ...who, correlationId: loadId, confirm: [...confirm, ...(file.confirm ?? [])] };
    const { batches, isAnew } = await this.#stepsOf(file, context, readStream, mayBeAnew);
    const isNew = await this.#rehearse(file, name, batches, signal);
    signal?.throwIfAborted();
    const before = await this.eventStore.head();
    const load = new RecordedLoad(loadId, { digest, name, planId: planIdIn(file, who.tenant) }, context, this.execute);
    const begun = isNew
      ? await load.begin(
          batches.reduce((sum, { length }) => sum + length, 0),
          isAnew,
        )
      : undefined;
    const carriedOut = await carryOut(batches, async (step) => {
      const command = await commandIn(step, readStream);
      return [command, await this.execute(command)] as const;
    });
    if (begun !== undefined) await load.finish(carriedOut, begun);
    const receipts = carriedOut.map(([, receipt]) => receipt);
    // What an earlier load recorded is answered with its old position.
    const fresh = receipts.filter(({ position, recorded }) => recorded.length > 0 && position > before);
    return {
      file: name ?? 'the file',
      commands: receipts.length,
      recorded: fresh.reduce((sum, { recorded }) => sum + recorded.length, 0),
      unchanged: receipts.length - fresh.length,
      position: receipts.reduce((newest, { position }) => (position > newest ? position : newest), startOfLog),
      ...(isNew && { loadId }),
    };
  }

  /** What a load that was taken back had recorded, another file may say anew; the same file again says what it said. */
  async #stepsOf(
    file: PlanFile,
    context: LoadContext,
    readStream: (stream: string) => Promise<StoredEvent[]>,
    mayBeAnew: boolean,
  ): Promise<FileAnew> {
    if (!mayBeAnew) return { batches: await stepsMeant(file, context, readStream), isAnew: false };
    const takenBack = new TakenBackLoads(context.tenant, readStream);
    return takenBack.anew(await stepsMeant(file, context, (stream) => takenBack.without(stream)));
  }

  /** @returns whether anything would be recorded */
  async #rehearse(
    file: PlanFile,
    name: string | undefined,
    batches: readonly LoadBatch[],
    signal: AbortSignal | undefined,
  ): Promise<boolean> {
    const log = new RehearsalStore(this.eventStore);
    const runner = new DecisionRunner(log, this.catalog, this.clock);
    const faults: PlanFileFault[] = [];
    const doubts: PlacedDoubt[] = [];
    await carryOut(batches, async (step) => {
      signal?.throwIfAborted();
      const { path } = step;
      const command = await commandIn(step, (stream) => log.readStream(stream));
      try {
        await decideWith(runner, command, this.readers, (found) => {
          doubts.push(...found.map((one) => placed(one, path, file)));
        });
      } catch (error) {
        if (!(error instanceof DomainError) || error instanceof StoreFailure) throw error;
        faults.push({ path, ...file.locate(path), said: saidOf(error) });
      }
    });
    if (faults.length > 0) throw new PlanFileFaults(name, [...faults, ...doubts.map(faultOfDoubt)]);
    if (doubts.length > 0) throw new Doubtful(doubts, name);
    return tellsSomething(log.appended.values());
  }
}

/** The plan that a file is about: its own, or that of its history, of its scenario or of its first round. */
function planIdIn({ history, plan, rounds = [], scenario }: PlanFile, tenant: string): string | undefined {
  const key = plan?.key ?? history?.plan ?? scenario?.plan ?? rounds[0]?.plan;
  return key === undefined ? undefined : new KeyedIds(tenant).plan(key);
}

type PlacedDoubt = Doubt & { readonly place: Position };

/** A doubt of a command, at the place in the file that it comes from, or the nearest around it. */
function placed(doubt: Doubt, path: string, file: Pick<PlanFile, 'locate'>): PlacedDoubt {
  const field = doubt.field ? `${path}.${doubt.field}` : path;
  const { column, line } = file.locate(field);
  return { ...doubt, field, place: { line, column } };
}

/** A doubt beside faults, so that all of it is told at once. */
const faultOfDoubt = ({ field, place, rule, said }: PlacedDoubt): PlanFileFault => ({
  path: field,
  ...place,
  said: isDoubtful({ doubt: said, rule }),
});

function saidOf(error: DomainError): Said {
  if (error instanceof AppendTooLarge) return takesTooMuch({ size: error.size, limit: error.limit });
  if (error instanceof IdempotencyKeyReused) return wasLoadedOtherwise();
  const code = error instanceof RuleViolation ? error.rule : error.code;
  return { code, ...error.said };
}

const isDoubtful = say(
  '{doubt}; where it is meant, confirm: [{rule}]',
  '{doubt}; om det är avsett, confirm: [{rule}]',
  'doubtful',
);
const takesTooMuch = say(
  'takes {size} bytes with all its texts, and what is recorded at once takes at most {limit}',
  'tar {size} byte med alla sina texter, och det som registreras på en gång tar högst {limit}',
  'append-too-large',
);
const loadedOtherwise = 'loaded-otherwise';

/** Whether a load was refused because some of the file was loaded before and says something else now. */
export const isLoadedOtherwise = (error: unknown): boolean =>
  error instanceof PlanFileFaults && error.faults.some(({ said }) => said.code === loadedOtherwise);

const wasLoadedOtherwise = say(
  'was loaded before with other content; what is recorded stands, so change it by a command instead',
  'har lästs in förut med annat innehåll; det som är registrerat står kvar, så ändra det med ett kommando i stället',
  loadedOtherwise,
);

/** So many commands of a batch are under way at once. */
const atOnce = 64;
/** So many of them begin in one turn of the event loop; what they append together is recorded together. */
const inATurn = 16;

/**
 * Batch after batch. The commands of one batch run side by side, some at a time, between which the requests of others have their
 * turn; those about one aggregate one after the other, so that its stream tells them in the order of the file.
 */
async function carryOut<Answer>(
  batches: readonly LoadBatch[],
  carry: (step: LoadStep) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const batch of batches) {
    for (let from = 0; from < batch.length; from += atOnce) {
      for (const answer of await sideBySide(batch.slice(from, from + atOnce), carry)) answers.push(answer);
      await othersTurn();
    }
  }
  return answers;
}

async function sideBySide<Answer>(
  steps: readonly LoadStep[],
  carry: (step: LoadStep) => Promise<Answer>,
): Promise<Answer[]> {
  const newest = new Map<string, Promise<Answer>>();
  const carried: Promise<Answer>[] = [];
  for (const [place, step] of steps.entries()) {
    if (place > 0 && place % inATurn === 0) await othersTurn();
    const { id } = step.command;
    const before = newest.get(id);
    const answer = before ? before.then(() => carry(step)) : carry(step);
    // That it fails is told when all of them have begun.
    answer.catch(() => undefined);
    newest.set(id, answer);
    carried.push(answer);
  }
  return Promise.all(carried);
}
