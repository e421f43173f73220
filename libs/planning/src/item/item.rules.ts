import { RuleViolation } from '#kernel';
import type { DomainCommand } from '#kernel';
import type { AdoptedPlan } from '../plan/plan.decider.js';
import { hasEnded, isDiscontinued } from './item.js';
import type { ItemProperties } from './item.js';
import type { ItemState, JudgedItem } from './item.state.js';
import type { ItemEvent } from './item.events.js';

/** What a command to an item leads to: `[]` where nothing would change. @throws RuleViolation */
export type ItemDecision<Command extends DomainCommand> = (command: Command, item: ItemState) => ItemEvent[];
type AdoptedDecision<Command extends DomainCommand> = (command: Command, item: JudgedItem) => ItemEvent[];

/** A decision about an item that is adopted, which nothing takes effect on before that. */
export const ofAdopted =
  <Command extends DomainCommand>(decide: AdoptedDecision<Command>): ItemDecision<Command> =>
  (command, item) => {
    if (item.status === 'unadopted') throw new RuleViolation('item-adopted', 'The item is not adopted');
    const { effectiveOn: day } = command;
    if (day < item.adoptedOn) {
      const told = `The item was adopted on ${item.adoptedOn}; ${day} is before that`;
      throw new RuleViolation('effective-after-adoption', told);
    }
    return decide(command, item);
  };

/** A decision that revises an item, which must not have ended by the day. */
export const ofItemInForce = <Command extends DomainCommand>(decide: AdoptedDecision<Command>): ItemDecision<Command> =>
  ofAdopted((command, item) => {
    if (hasEnded(item, command.effectiveOn)) {
      const { since, value } = item.lifecycle;
      const told = `The item was ${value.state} on ${since}, and cannot be revised after that`;
      throw new RuleViolation('item-in-force', told);
    }
    return decide(command, item);
  });

/** What every event of an item says. */
export const subjectOf = ({ id }: Pick<DomainCommand, 'id'>, { planId }: ItemProperties) => ({ itemId: id, planId });

/** An item ends once, and on no day before it was kept. */
export function checkEnd(item: ItemProperties, day: string): void {
  const { since, value } = item.lifecycle;
  if (value.state === 'completed' || value.state === 'discontinued') {
    throw new RuleViolation('item-ends-once', `The item was ${value.state} on ${since} already`);
  }
  if (since > day) {
    const told = `The item was ${value.state} on ${since}, and cannot have ended before that`;
    throw new RuleViolation('item-ends-last', told);
  }
}

/** An item that another one is to lie under. */
export interface ParentFact {
  readonly itemId: string;
  readonly item: ItemProperties;
  /** Every item that it lies under itself, near and far. */
  readonly ancestors: readonly string[];
}

export interface PlacingFacts {
  readonly plan: AdoptedPlan;
  readonly parents: readonly ParentFact[];
}

/** What is to lie where, and from which day. */
interface Placed {
  readonly itemId: string;
  readonly planId: string;
  readonly kind: string;
  readonly day: string;
}

/** An item lies under items of its own plan, whose kinds the plan lets it lie under, and never under itself. */
export function checkPlace({ day, itemId: id, kind, planId }: Placed, { parents, plan }: PlacingFacts): void {
  const known = plan.kinds.find(({ code }) => code === kind);
  if (!known) {
    const codes = plan.kinds.map(({ code }) => code).join(', ');
    throw new RuleViolation('kind-of-plan', `${kind} is no kind of the plan; its kinds are ${codes}`);
  }
  for (const { ancestors, item, itemId } of parents) {
    const title = item.title.value;
    if (item.planId !== planId) throw new RuleViolation('parent-of-plan', `${title} belongs to another plan`);
    if (itemId === id || ancestors.includes(id)) {
      throw new RuleViolation('items-nest', `${title} lies under the item itself`);
    }
    if (isDiscontinued(item, day)) {
      throw new RuleViolation('parent-in-force', `${title} was discontinued on ${item.lifecycle.since}`);
    }
    if (!known.parents.includes(item.kind)) {
      const wanted = known.parents.length > 0 ? known.parents.join(' or ') : 'nothing';
      throw new RuleViolation('kinds-nest', `${kind} lies under ${wanted}, and ${title} is ${item.kind}`);
    }
  }
}

export function checkDocuments(codes: readonly string[], { documents }: AdoptedPlan): void {
  const unknown = codes.find((code) => documents.every((document) => document.code !== code));
  if (unknown) throw new RuleViolation('document-of-plan', `${unknown} is no document of the plan`);
}
