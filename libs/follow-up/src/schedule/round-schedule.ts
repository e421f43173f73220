import type { CommandContext, DecisionCommand, Receipt } from '#deciding';
import type { EventStore } from '#event-store';
import type { JobHandler, Jobs } from '#jobs';
import { dayInSweden, idOf, NotFound } from '#kernel';
import type { Clock, JsonObject } from '#kernel';
import type { ReadModels } from '#projecting';
import { FreezeRoundCommand, OpenPlannedRoundCommand, RemindBodiesCommand } from '../round/round.commands.js';
import { roundDirectory } from '../round/round.projection.js';
import type { RoundDocument } from '../round/round.projection.js';
import { dueActions } from './due-actions.js';
import type { DueAction } from './due-actions.js';

export interface RoundScheduleOptions {
  readonly jobs: Pick<Jobs, 'enqueue'>;
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

const hour = 3_600_000;
/** Who acts where a schedule does. */
const actor = { id: 'round-schedule', role: 'controller' } as const;

/**
 * Opens, reminds of and freezes rounds on the days of their schedules. Once an hour a sweep looks at every round that is
 * planned or open, and leaves a job for each action that is due. The key of the job follows from the round, the action and
 * its day, and the id of the command from the key, so that however often it is swept or run, it happens once.
 */
export class RoundSchedule {
  constructor(private readonly options: RoundScheduleOptions) {}

  /** Leaves the first sweep. Each sweep leaves the next, so that to start again is harmless. */
  start(): Promise<void> {
    return this.#leaveSweep(this.options.clock.now());
  }

  /** What a worker does with the jobs that are left here. */
  get handlers(): [JobHandler, JobHandler] {
    return [
      { name: 'sweep-rounds', attempts: 5, backoffMilliseconds: 10_000, run: () => this.#sweep() },
      {
        name: 'round-action',
        attempts: 3,
        backoffMilliseconds: 60_000,
        run: (data) => this.#act(data as unknown as RoundAction),
      },
    ];
  }

  async #sweep(): Promise<undefined> {
    const now = this.options.clock.now();
    // The next one first: a sweep that fails for good must not be the last.
    await this.#leaveSweep(new Date(now.getTime() + hour));
    const today = dayInSweden(now);
    const waiting = await this.options.readModels.find(roundDirectory, { status: { $in: ['planned', 'open'] } });
    for (const round of waiting) {
      for (const due of dueActions(round, today)) await this.#leave(round, due);
    }
  }

  async #leaveSweep(at: Date): Promise<void> {
    const thatHour = `${at.toISOString().slice(0, 13)}:00:00.000Z`;
    const key = `sweep-rounds-${thatHour.slice(0, 13)}`;
    await this.options.jobs.enqueue({ name: 'sweep-rounds', key, data: {}, runAt: new Date(thatHour) });
  }

  async #leave({ _id: roundId, tenant }: RoundDocument, due: DueAction): Promise<void> {
    const action: RoundAction = { tenant, roundId, ...due };
    const data: JsonObject = { ...action };
    await this.options.jobs.enqueue({ name: 'round-action', key: keyOf(action), tenant, data });
  }

  /**
   * Does what is still due. A freeze with bodies missing does not override: it fails with the rule's own words.
   * @throws RuleViolation, ReadModelsBehind, StoreUnavailable
   */
  async #act(asked: RoundAction): Promise<undefined> {
    const { clock, eventStore, execute, readModels } = this.options;
    await readModels.waitFor(await eventStore.head());
    const round = await readModels.get(roundDirectory, asked.roundId);
    if (round?.tenant !== asked.tenant) throw new NotFound('round', asked.roundId);
    const due = dueActions(round, dayInSweden(clock.now()));
    // It was done by hand, or the round has been planned anew.
    if (!due.some(({ action, on }) => action === asked.action && on === asked.on)) return;
    await execute(commandOf(asked));
  }
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
