import { foldOf, rule, sameWhenStored, whileThereIsRoom } from '#kernel';
import type { DomainCommand, FormalDecision } from '#kernel';
import type { Aggregate } from '#deciding';
import type { DecidedCategory, DecisionEvent } from './decision.events.js';

/** The event whose decision it is, as the log holds it. */
export interface DecidedEvent {
  /** The day that it speaks of. */
  readonly effectiveOn: string;
  readonly planId?: string;
  readonly decision: FormalDecision;
  /** Of a decision on a snapshot: the day of the issue, before which nobody can have decided on it. */
  readonly issuedOn?: string;
}

export type CorrectDecision = DomainCommand<
  'CorrectDecision',
  { category: DecidedCategory; subjectId: string; decided: FormalDecision; reason: string },
  DecidedEvent
>;

/** The formal decision behind an event, by the id of the event: nothing until it is corrected. */
export interface Decision {
  readonly decided?: FormalDecision;
  readonly corrections: number;
}

/** So often is a decision corrected at the most: all that was said of it is shown with it. */
const mostCorrections = 100;

const { evolve, folding } = foldOf<Decision, DecisionEvent>(({ corrections }, { data }) => ({
  decided: data.decided,
  corrections: corrections + 1,
}));

export const decisions: Aggregate<CorrectDecision, Decision, DecisionEvent> = {
  category: 'decision',
  decider: { initialState: { corrections: 0 }, decide, evolve, folding },
};

function decide({ data, facts, id }: CorrectDecision, known: Decision): DecisionEvent[] {
  const before = known.decided ?? facts.decision;
  const { decided } = data;
  if (sameWhenStored(decided, before)) return [];
  if (facts.issuedOn !== undefined) checkOnIssue(decided, facts.issuedOn, before);
  const { planId } = facts;
  const corrected: DecisionEvent = {
    type: 'DecisionCorrected',
    data: { eventId: id, ...data, ...(planId && { planId }), before },
  };
  return whileThereIsRoom([corrected], known.corrections, mostCorrections);
}

/** A snapshot is decided on by the body that owns the plan, in minutes, once it was issued. */
function checkOnIssue(decided: FormalDecision, issuedOn: string, before: FormalDecision): void {
  if (decided.paragraph === undefined) throw incomplete();
  if (decided.bodyId !== before.bodyId) throw otherBody();
  if (decided.date < issuedOn) throw tooEarly({ issuedOn, decidedOn: decided.date });
}

const incomplete = rule(
  'decision-formal',
  'A decision on a snapshot names the body, the day and the paragraph',
  'Ett beslut om en uppföljning anger nämnd, dag och paragraf',
);
const otherBody = rule(
  'owner-decides',
  'A snapshot is decided on by the body that owns the plan',
  'En uppföljning fastställs av den nämnd som äger planen',
);
const tooEarly = rule(
  'decided-after-issue',
  'What was issued on {issuedOn} cannot have been decided on {decidedOn}',
  'Det som gavs ut {issuedOn} kan inte ha fastställts {decidedOn}',
);
