import { newer } from '../../item.js';
import type { Assessment } from '../../item.js';
import { dayOfNewest, newestGiven } from './given.js';
import type { Given, GivenJudgement } from './given.js';

/** A body's newest judgement of an item in a round: where it is told, or the whole of it. */
export type RoundJudgement = { readonly bodyId: string } & (
  (GivenJudgement & { readonly assessment?: undefined }) | { readonly assessment: Assessment }
);

/** What bodies say of an item in a round: of each its newest judgement that stands. */
export interface RoundJudgements extends Iterable<RoundJudgement> {
  /** What one body says; undefined where it says nothing. */
  of(bodyId: string): RoundJudgement | undefined;
  /**
   * Tells each body that says something, with the day on which that was recorded (`dayNumber`) or the whole of it. For whom
   * counts: nothing is made for any of them.
   */
  forEach(tell: (bodyId: string, judgement: number | Assessment) => void): void;
}

/** As a line of a sheet keeps it. */
export class JudgementsInLine implements RoundJudgements {
  /** @param line in the order of these bodies; what it says can be told without the facts */
  constructor(
    private readonly bodies: readonly string[],
    private readonly line: readonly Given[],
  ) {}

  of(bodyId: string): RoundJudgement | undefined {
    const newest = newestGiven(this.line[this.bodies.indexOf(bodyId)] ?? '');
    return newest ? { bodyId, ...newest } : undefined;
  }

  forEach(tell: (bodyId: string, day: number) => void): void {
    this.line.forEach((given, place) => {
      if (given !== '') tell(this.bodies[place]!, dayOfNewest(given));
    });
  }

  *[Symbol.iterator](): Iterator<RoundJudgement> {
    for (const [place, given] of this.line.entries()) {
      const newest = newestGiven(given);
      if (newest) yield { bodyId: this.bodies[place]!, ...newest };
    }
  }
}

/** Of all assessments of an item that stand, what each body said last in a round. */
export function judgementsInRound(assessments: readonly Assessment[], roundId: string): RoundJudgements {
  const newest = new Map<string, Assessment>();
  for (const one of assessments) {
    if (one.roundId === roundId) newest.set(one.bodyId, newer(newest.get(one.bodyId), one));
  }
  return new WholeJudgements([...newest.values()]);
}

/** The whole of them. */
export class WholeJudgements implements RoundJudgements {
  /** @param assessments one of each body */
  constructor(private readonly assessments: readonly Assessment[]) {}

  of(bodyId: string): RoundJudgement | undefined {
    const assessment = this.assessments.find((one) => one.bodyId === bodyId);
    return assessment && { bodyId, assessment };
  }

  forEach(tell: (bodyId: string, assessment: Assessment) => void): void {
    for (const assessment of this.assessments) tell(assessment.bodyId, assessment);
  }

  *[Symbol.iterator](): Iterator<RoundJudgement> {
    for (const assessment of this.assessments) yield { bodyId: assessment.bodyId, assessment };
  }
}
