import type { CommandContext, DecisionCommand, Receipt } from '#deciding';
import type { EventStore } from '#event-store';
import type { JobHandler, NewJob } from '#jobs';
import { dayInSweden, idOf, NotFound } from '#kernel';
import type { Clock } from '#kernel';
import type { DueWork } from '#operations';
import type { ReadModels } from '#projecting';
import { roundDirectory } from '../round/read-models/round-directory/round-directory.projection.js';
import type { RoundDocument } from '../round/read-models/round-directory/round-directory.projection.js';
import { FreezeRoundCommand, OpenPlannedRoundCommand, RemindBodiesCommand } from '../round/round.commands.js';
import { dueActions } from './due-actions.js';
import type { DueAction } from './due-actions.js';

export interface RoundScheduleOptions {
  readonly readModels: ReadModels;
  readonly eventStore: Pick<EventStore, 'head'>;
  readonly clock: Clock;
  /** The command bus. */
  readonly execute: (command: DecisionCommand) => Promise<Receipt>;
}

/** One action of one round. */
export interface RoundAction extends DueAction {
  readonly tenant: string;
  readonly roundId: string;
}

const name = 'round-action';
/** Who acts where a schedule does. */
const actor = { id: 'round-schedule', role: 'controller' } as const;

/**
 * Opens, reminds of and freezes rounds on the days of their schedules. What is due follows from the rounds alone, whenever
 * it is asked for, until it has been done. The key of a job follows from the round, the action and its day, and the id of
 * the command from the key, so that however often it is asked for or run, it happens once.
 */
export class RoundSchedule implements DueWork {
  /** A freeze is refused while bodies are missing, and asked for again. */
  readonly mayBeRefused = true;

  constructor(private readonly options: RoundScheduleOptions) {}

  /** The actions that are due now, of every tenant. */
  async due(): Promise<readonly NewJob[]> {
    const { clock, readModels } = this.options;
    const today = dayInSweden(clock.now());
    const scheduled = { status: { $in: ['planned', 'open'] }, schedule: { $exists: true } };
    const rounds = await readModels.find(roundDirectory, scheduled);
    return rounds.flatMap((round) => dueActions(round, today).map((action) => jobOf(round, action)));
  }

  /** What a worker does with the jobs of what is due. */
  get handler(): JobHandler {
    return {
      name,
      attempts: 3,
      backoffMilliseconds: 10_000,
      run: (data) => this.#act(data as unknown as RoundAction),
    };
  }

  /**
   * Does what is still due. A freeze with bodies missing does not override: it fails with the rule's own words.
   * @throws RuleViolation, ReadModelsBehind, StoreUnavailable
   */
  async #act(asked: RoundAction): Promise<undefined> {
    const { clock, eventStore, execute, readModels } = this.options;
    await readModels.waitFor(await eventStore.head(), { tenant: asked.tenant });
    const round = await readModels.get(roundDirectory, asked.roundId);
    if (round?.tenant !== asked.tenant) throw new NotFound('round', asked.roundId);
    const due = dueActions(round, dayInSweden(clock.now()));
    // It was done by hand, or the round has been planned anew.
    if (!due.some(({ action, on }) => action === asked.action && on === asked.on)) return;
    await execute(commandOf(asked));
  }
}

function jobOf({ _id: roundId, tenant }: RoundDocument, due: DueAction): NewJob {
  const action: RoundAction = { tenant, roundId, ...due };
  return { name, key: keyOf(action), tenant, data: { ...action } };
}

const keyOf = ({ action, on, roundId }: RoundAction): string => `${roundId}-${action}-${on}`;

function commandOf(asked: RoundAction): DecisionCommand {
  const { action, roundId, tenant } = asked;
  const commandId = idOf('round-action', tenant, keyOf(asked));
  const context: CommandContext = { tenant, actor, commandId, correlationId: commandId };
  switch (action) {
    case 'open':
      return new OpenPlannedRoundCommand(roundId, {}, context);
    case 'remind':
      return new RemindBodiesCommand(roundId, {}, context);
    case 'freeze':
      return new FreezeRoundCommand(roundId, {}, context);
  }
}
