import { newer } from '../../item.js';
import type { Assessment } from '../../item.js';
import { nothing } from './round-sheet.js';

/** A body's newest judgement of an item in a round: when it was recorded, and where it is told, or the whole of it. */
export type RoundJudgement =
  | {
      readonly bodyId: string;
      /** The day on which it was recorded, in Sweden (`dayNumber`). */
      readonly day: number;
      /** Of the body among those of the sheet. */
      readonly place: number;
      readonly assessment?: undefined;
    }
  | { readonly bodyId: string; readonly assessment: Assessment };

/** What bodies say of an item in a round: of each its newest judgement that stands. */
export interface RoundJudgements extends Iterable<RoundJudgement> {
  /** Those that may have said something. */
  readonly bodies: readonly string[];
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
  /** @param days in the order of these bodies; all of them can be told without the facts */
  constructor(
    readonly bodies: readonly string[],
    private readonly days: readonly number[],
  ) {}

  of(bodyId: string): RoundJudgement | undefined {
    const place = this.bodies.indexOf(bodyId);
    const day = this.days[place] ?? nothing;
    return day === nothing ? undefined : { bodyId, day, place };
  }

  forEach(tell: (bodyId: string, day: number) => void): void {
    for (let place = 0; place < this.days.length; place++) {
      const day = this.days[place]!;
      if (day !== nothing) tell(this.bodies[place]!, day);
    }
  }

  *[Symbol.iterator](): Iterator<RoundJudgement> {
    for (const [place, day] of this.days.entries()) {
      if (day !== nothing) yield { bodyId: this.bodies[place]!, day, place };
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

  get bodies(): readonly string[] {
    return this.assessments.map(({ bodyId }) => bodyId);
  }

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
