import type { FormalDecision } from '#kernel';
import type { Moment, ReadModels } from '#projecting';
import { stands } from '../../../told.js';
import { correctedDecisions } from './corrected-decisions.projection.js';
import type { CorrectedDecision } from './corrected-decisions.projection.js';

/** An event with its formal decision, as it is told. */
interface Decided {
  readonly eventId: string;
  /** The event that decided on a whole that it is a part of. */
  readonly causedBy?: string;
  readonly decision?: FormalDecision;
}

interface ToldDecision {
  readonly decision?: FormalDecision;
  /** That it was recorded otherwise: the decision's own answer tells how. */
  readonly decisionCorrected?: true;
}

/** The formal decisions behind some events, as corrected. */
export class Decisions {
  private constructor(
    private readonly corrected: ReadonlyMap<string, CorrectedDecision>,
    private readonly moment: Moment,
  ) {}

  /** @param moment of which the day plays no part: a correction speaks of the day of the event */
  static async of(
    readModels: ReadModels,
    tenant: string,
    events: readonly Pick<Decided, 'causedBy' | 'eventId'>[],
    moment: Moment = {},
  ): Promise<Decisions> {
    const ids = events.flatMap(({ causedBy, eventId }) => (causedBy === undefined ? [eventId] : [eventId, causedBy]));
    const found = await readModels.getMany(correctedDecisions, [...new Set(ids)]);
    const own = found.filter((decision) => decision.tenant === tenant);
    return new Decisions(new Map(own.map((decision) => [decision._id, decision])), moment);
  }

  /**
   * The decision behind an event: corrected itself, or with the whole that it is a part of; else as it was recorded.
   * @returns something to spread: nothing where there is none
   */
  behind({ causedBy, decision, eventId }: Decided): ToldDecision {
    if (!decision) return {};
    const corrected = this.#newest(eventId) ?? (causedBy === undefined ? undefined : this.#newest(causedBy));
    return corrected ? { decision: corrected, decisionCorrected: true } : { decision };
  }

  #newest(eventId: string): FormalDecision | undefined {
    const corrections = this.corrected.get(eventId)?.corrections;
    return corrections?.findLast((correction) => stands(correction, this.moment))?.decided;
  }
}
