import type { RecordedFact } from '#kernel';
import { assessed, corrected } from './item.js';
import { isJudgement, isMaking } from './item.properties.js';
import type { Assessment } from './item.js';
import type { ItemEvent } from './item.events.js';
import type { JudgementEvent } from './item.properties.js';
import { judgementOf, rectified, withJudgement } from './item.state.js';
import type { Judgement } from './item.state.js';

/** One assessment of an item, as the item's story tells it. */
export interface ToldAssessment extends Assessment {
  readonly isWithdrawn: boolean;
  /** The id of the event that says it as it stands, or that withdrew it. */
  readonly newest: string;
  /** What the body has said of the item in the round since it was withdrawn: assessments, which may not stand either. */
  readonly saidSince: readonly string[];
}

/** Folds a single assessment out of an item's story. */
export function toldOf(
  known: ToldAssessment | undefined,
  event: RecordedFact<ItemEvent>,
  assessmentId: string,
): ToldAssessment | undefined {
  if (event.type === 'ItemCancelled') return undefined;
  if (!isJudgement(event)) return known;
  if (event.data.assessmentId !== assessmentId) return known?.isWithdrawn ? besides(known, event) : known;
  switch (event.type) {
    case 'ItemAssessed':
    case 'AssessmentReinstated':
      return { ...assessed(event), isWithdrawn: false, newest: event.id, saidSince: [] };
    case 'AssessmentCorrected':
      return known && !known.isWithdrawn ? { ...known, ...corrected(known, event), newest: event.id } : known;
    case 'AssessmentWithdrawn':
      return known && { ...known, isWithdrawn: true, newest: event.id };
  }
}

function besides(known: ToldAssessment, event: RecordedFact<JudgementEvent>): ToldAssessment {
  const { assessmentId, bodyId, roundId } = event.data;
  if (!isMaking(event) || bodyId !== known.bodyId || roundId !== known.roundId) return known;
  return { ...known, saidSince: [...known.saidSince, assessmentId] };
}

/** Folds what a body says in a round out of an item's story, where the state has forgotten it. */
export class JudgementsTold {
  readonly #standing: Judgement[] = [];

  constructor(
    private readonly roundId: string,
    private readonly bodyId: string,
  ) {}

  take(event: RecordedFact<ItemEvent>): void {
    if (!isJudgement(event)) return;
    const { assessmentId, bodyId, roundId } = event.data;
    if (roundId !== this.roundId || bodyId !== this.bodyId) return;
    const place = this.#standing.findIndex((judgement) => judgement.assessmentId === assessmentId);
    if (event.type === 'AssessmentCorrected') {
      if (place >= 0) this.#standing[place] = rectified(this.#standing[place]!, event);
      return;
    }
    if (place >= 0) this.#standing.splice(place, 1);
    if (isMaking(event)) withJudgement(this.#standing, judgementOf(event));
  }

  get newest(): Judgement | undefined {
    return this.#standing.at(-1);
  }
}
