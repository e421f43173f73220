import type { DecisionCommand, Receipt } from '#deciding';
import type { EventStore } from '#event-store';
import type { JobHandler, NewJob } from '#jobs';
import { idOf, NotFound, streamName } from '#kernel';
import type { EventCatalog, StoredEvent } from '#kernel';
import type { DueWork } from '#operations';
import { planDirectory, WithdrawAssessmentCommand } from '#planning';
import type { ItemEvent, SheetReader } from '#planning';
import type { ReadModels, Replay } from '#projecting';
import { roundDirectory } from '../round/read-models/round-directory/round-directory.projection.js';
import type { RoundDocument } from '../round/read-models/round-directory/round-directory.projection.js';
import type { RoundCancelled } from '../round/round.events.js';

export interface CancelledRoundsOptions {
  readonly readModels: ReadModels;
  readonly sheets: SheetReader;
  readonly replay: Replay;
  readonly eventStore: Pick<EventStore, 'head'>;
  /** The command bus. */
  readonly execute: (command: DecisionCommand) => Promise<Receipt>;
}

interface Cancelled {
  readonly tenant: string;
  readonly roundId: string;
}

const name = 'withdraw-in-cancelled-round';
/** Who acts where a cancellation does. */
const actor = { id: 'cancelled-round', role: 'controller' } as const;

/**
 * The job that a cancellation leads to; undefined for any other event.
 * @throws CorruptEvent where the event cannot be read
 */
export function cancellationJobOf(event: StoredEvent, catalog: EventCatalog): NewJob | undefined {
  if (event.type !== 'RoundCancelled') return undefined;
  const { data, metadata } = catalog.decode<RoundCancelled['data']>(event);
  return jobOf({ tenant: metadata.tenant, roundId: data.roundId });
}

/**
 * Withdraws what was assessed in rounds that were cancelled, so that it is nowhere told as how an item stands. It is due
 * for as long as something stands in such a round: also what was being recorded while the round was cancelled.
 */
export class CancelledRounds implements DueWork {
  readonly mayBeRefused = false;

  constructor(private readonly options: CancelledRoundsOptions) {}

  /** Those in which something stands, of every tenant. */
  async due(): Promise<readonly NewJob[]> {
    const { readModels, sheets } = this.options;
    const cancelled = await readModels.find(roundDirectory, { status: 'cancelled' });
    if (cancelled.length === 0) return [];
    const judged = await sheets.roundsJudged(cancelled.map(({ _id }) => _id));
    const due: NewJob[] = [];
    for (const round of cancelled.filter(({ _id }) => judged.has(_id))) {
      const { _id: roundId, tenant } = round;
      if ((await this.#judgedIn(round)).length > 0) due.push(jobOf({ tenant, roundId }));
    }
    return due;
  }

  get handler(): JobHandler {
    return {
      name,
      attempts: 5,
      backoffMilliseconds: 1_000,
      run: (data) => this.#withdrawAll(data as unknown as Cancelled),
    };
  }

  /** @throws NotFound, ReadModelsBehind, StoreUnavailable */
  async #withdrawAll({ roundId, tenant }: Cancelled): Promise<{ withdrawn: number }> {
    const { eventStore, execute, readModels } = this.options;
    await readModels.waitFor(await eventStore.head(), { tenant });
    const round = await readModels.get(roundDirectory, roundId);
    if (round?.tenant !== tenant || !round.cancelled) throw new NotFound('round', roundId);
    const reason = `Uppföljningen ställdes in: ${round.cancelled.reason}`;
    let withdrawn = 0;
    for (const itemId of await this.#judgedIn(round)) {
      for (const assessmentId of await this.#standing(round, itemId)) {
        const commandId = idOf(name, tenant, assessmentId);
        const context = { tenant, actor, commandId, correlationId: commandId };
        await execute(new WithdrawAssessmentCommand(itemId, { assessmentId, reason }, context));
        withdrawn++;
      }
    }
    return { withdrawn };
  }

  /** The items of which somebody says something in the round. */
  async #judgedIn({ _id: roundId, planId }: RoundDocument): Promise<string[]> {
    const { readModels, sheets } = this.options;
    const plan = await readModels.get(planDirectory, planId);
    if (!plan) return [];
    const judgements = await sheets.judgementsIn(plan, roundId);
    return [...judgements].flatMap(([itemId, [told]]) => (told ? [itemId] : []));
  }

  /** Every assessment of an item in the round that was not withdrawn, as the item's story tells it: also what was replaced. */
  async #standing({ _id: roundId, tenant }: RoundDocument, itemId: string): Promise<ReadonlySet<string>> {
    const standing = new Set<string>();
    const story = await this.options.replay.events<ItemEvent>(streamName(tenant, 'item', itemId), {});
    for (const { data, type } of story) {
      const isMade = type === 'ItemAssessed' || type === 'AssessmentReinstated';
      if (isMade && data.roundId === roundId) standing.add(data.assessmentId);
      if (type === 'AssessmentWithdrawn') standing.delete(data.assessmentId);
    }
    return standing;
  }
}

const jobOf = ({ roundId, tenant }: Cancelled): NewJob => ({ name, key: roundId, tenant, data: { tenant, roundId } });
