import { rule } from '#kernel';
import type { DomainCommand, Doubt } from '#kernel';
import type { StateOfItem, TakenNumber } from '../numbers/taken-numbers.js';
import { RevisionRefused } from './revision-refused.js';
import type { RefusedStep } from './revision-refused.js';
import type { RevisionEvent, RevisionStep, UndoneStep } from './revision.events.js';

/** What came of the steps when they were rehearsed on all that the log holds. */
export interface RehearsedFacts {
  /** The day that the decision speaks of. */
  readonly day: string;
  readonly refused: readonly RefusedStep[];
  readonly doubts: readonly Doubt[];
  /** Whether any item would come out otherwise. */
  readonly changes: boolean;
  /** The numbers that its items would take. */
  readonly taken: readonly TakenNumber[];
  /** Gives the state that an item would have. */
  readonly stateOf: StateOfItem;
}

export type DecideRevision = DomainCommand<
  'DecideRevision',
  { revisionId: string; comment?: string; steps: readonly RevisionStep[] },
  RehearsedFacts
>;
/** Nothing of a revision is left to be carried out. */
export type CloseRevision = DomainCommand<'CloseRevision', { revisionId: string; undone: readonly UndoneStep[] }, void>;
export type RevisionCommand = DecideRevision | CloseRevision;

/** The revision of a plan that was decided and is not carried out yet. There is one at a time. */
export interface WithRevision {
  readonly revisionUnderWay?: string;
}

/** @throws RuleViolation, RevisionRefused with every step that cannot be carried out */
export function decideRevision({ data, facts, id }: DecideRevision, plan: WithRevision): RevisionEvent[] {
  checkNoRevision(plan);
  if (facts.refused.length > 0) throw new RevisionRefused(facts.refused);
  if (!facts.changes) return [];
  const { comment, revisionId, steps } = data;
  return [
    {
      type: 'RevisionDecided',
      data: { planId: id, revisionId, ...(comment !== undefined && { comment }), steps: [...steps] },
    },
  ];
}

/** Whoever comes second finds it closed. */
export function closeRevision({ data, id }: CloseRevision, plan: WithRevision): RevisionEvent[] {
  const { revisionId, undone } = data;
  if (plan.revisionUnderWay !== revisionId) return [];
  return [{ type: 'RevisionCarriedOut', data: { planId: id, revisionId, undone: [...undone] } }];
}

/** What must not fall between a decision and what follows from it waits. @throws RuleViolation */
export function checkNoRevision({ revisionUnderWay: revision }: WithRevision): void {
  if (revision !== undefined) throw underWay({ revision });
}

/** The revision that is under way after an event. */
export const revisionAfter = (event: RevisionEvent): WithRevision =>
  event.type === 'RevisionDecided' ? { revisionUnderWay: event.data.revisionId } : {};

const underWay = rule(
  'revision-under-way',
  'The revision {revision} of the plan is decided and not carried out yet',
  'Revideringen {revision} av planen är beslutad men inte genomförd ännu',
);
