import { digestOf, RuleViolation } from '#kernel';
import type { DomainCommand } from '#kernel';
import type { Aggregate } from '#deciding';
import type { AdoptedPlan } from '../plan/plan.decider.js';
import { assess, correctAssessment, withdrawAssessment } from './assessment.decider.js';
import type { AssessmentCommand } from './assessment.decider.js';
import { evolve, hasEnded, unadopted } from './item.js';
import type { AdoptedItem, Item } from './item.js';
import type {
  Concerned,
  DiscontinuationReason,
  ItemAdopted,
  ItemEvent,
  ItemReworded,
  SuccessionKind,
} from './item.events.js';

/** An item that another one is to lie under. */
export interface ParentFact {
  readonly itemId: string;
  readonly item: AdoptedItem;
  /** Every item that it lies under itself, near and far. */
  readonly ancestors: readonly string[];
}

export interface PlacingFacts {
  readonly plan: AdoptedPlan;
  readonly parents: readonly ParentFact[];
}

type Optional<T> = { [K in keyof T]?: T[K] };
type Adoption = Pick<ItemAdopted['data'], 'planId' | 'key' | 'kind' | 'number' | 'title' | 'text'> & {
  parents?: readonly string[];
  concerned?: Concerned;
  responsible?: readonly string[];
  documents?: readonly string[];
  expectedEffects?: readonly string[];
};
type Rewording = Optional<{ title: string; text: string; expectedEffects: string[]; documents: string[] }> &
  Pick<ItemReworded['data'], 'printedLabel' | 'reason'>;

export type AdoptItem = DomainCommand<'AdoptItem', Adoption, PlacingFacts>;
export type RewordItem = DomainCommand<'RewordItem', Rewording, { readonly plan: AdoptedPlan }>;
export type RenumberItem = DomainCommand<
  'RenumberItem',
  { number?: string; printedLabel?: string; reason?: string },
  void
>;
export type MoveItem = DomainCommand<
  'MoveItem',
  { parents: readonly string[]; printedLabel?: string; reason?: string },
  PlacingFacts
>;
export type ChangeConcerned = DomainCommand<'ChangeConcerned', { concerned?: Concerned; reason?: string }, void>;
export type ChangeResponsible = DomainCommand<
  'ChangeResponsible',
  { responsible: readonly string[]; reason?: string },
  void
>;
export type RetainItem = DomainCommand<'RetainItem', { comment?: string; printedLabel?: string }, void>;
export type CompleteItem = DomainCommand<'CompleteItem', { comment?: string; printedLabel?: string }, void>;
export type DiscontinueItem = DomainCommand<
  'DiscontinueItem',
  { reason: DiscontinuationReason; comment: string; printedLabel?: string },
  void
>;
export type SucceedItem = DomainCommand<
  'SucceedItem',
  { successorId: string; kind: SuccessionKind; inferred?: boolean; comment?: string },
  { readonly successor: AdoptedItem }
>;
export type RevisionCommand =
  | RewordItem
  | RenumberItem
  | MoveItem
  | ChangeConcerned
  | ChangeResponsible
  | RetainItem
  | CompleteItem
  | DiscontinueItem
  | SucceedItem;
export type ItemCommand = AdoptItem | RevisionCommand | AssessmentCommand;

export const items: Aggregate<ItemCommand, Item, ItemEvent> = {
  category: 'item',
  decider: { initialState: unadopted, decide, evolve },
};

function decide(command: ItemCommand, item: Item): ItemEvent[] {
  if (command.type === 'AdoptItem') return adopt(command, item);
  if (item.status === 'unadopted') throw new RuleViolation('item-adopted', 'The item is not adopted');
  refuseBeforeAdoption(command.effectiveOn, item);
  if (command.type === 'AssessItem') return assess(command, item);
  if (command.type === 'CorrectAssessment') return correctAssessment(command, item);
  if (command.type === 'WithdrawAssessment') return withdrawAssessment(command, item);
  if (command.type === 'SucceedItem') return succeed(command, item);
  return revise(command, item);
}

function adopt({ data, facts, id }: AdoptItem, item: Item): ItemEvent[] {
  if (item.status === 'adopted') throw new RuleViolation('item-adopted-once', `${item.title.value} is adopted already`);
  const { documents = [], expectedEffects = [], parents = [], responsible = [], ...rest } = data;
  checkPlace(id, data.planId, data.kind, facts);
  checkDocuments(documents, facts.plan);
  return [
    {
      type: 'ItemAdopted',
      data: {
        itemId: id,
        ...rest,
        parents: [...parents],
        responsible: [...responsible],
        documents: [...documents],
        expectedEffects: [...expectedEffects],
      },
    },
  ];
}

type Revision = Exclude<RevisionCommand, SucceedItem>;

function revise(command: Revision, item: AdoptedItem): ItemEvent[] {
  const subject = { itemId: command.id, planId: item.planId };
  if (command.type === 'CompleteItem' || command.type === 'DiscontinueItem') return end(command, item);
  if (hasEnded(item, command.effectiveOn)) {
    const { since, value } = item.stage;
    throw new RuleViolation('item-in-force', `The item was ${value} on ${since}, and cannot be revised after that`);
  }
  switch (command.type) {
    case 'RewordItem':
      return reword(command, item);
    case 'RenumberItem': {
      if (command.data.number === item.number.value) return [];
      return [{ type: 'ItemRenumbered', data: { ...subject, ...command.data } }];
    }
    case 'MoveItem': {
      const parents = [...command.data.parents];
      if (same(parents, item.parents.value)) return [];
      checkPlace(command.id, item.planId, item.kind, command.facts);
      return [{ type: 'ItemMoved', data: { ...subject, ...command.data, parents } }];
    }
    case 'ChangeConcerned': {
      if (same(command.data.concerned, item.concerned.value)) return [];
      return [{ type: 'ItemConcernedChanged', data: { ...subject, ...command.data } }];
    }
    case 'ChangeResponsible': {
      const responsible = [...command.data.responsible];
      if (same(responsible, item.responsible.value)) return [];
      return [{ type: 'ItemResponsibleChanged', data: { ...subject, ...command.data, responsible } }];
    }
    case 'RetainItem': {
      if (item.stage.value === 'retained' && item.stage.since === command.effectiveOn) return [];
      return [{ type: 'ItemRetained', data: { ...subject, ...command.data } }];
    }
  }
}

/** What is the same as now is left out of what is recorded. */
function reword({ data, facts, id }: RewordItem, item: AdoptedItem): ItemEvent[] {
  const { documents, expectedEffects, printedLabel, reason, text, title } = data;
  const changed = {
    ...(title !== undefined && title !== item.title.value && { title }),
    ...(text !== undefined && text !== item.text.value && { text }),
    ...(expectedEffects && !same(expectedEffects, item.expectedEffects.value) && { expectedEffects }),
    ...(documents && !same(documents, item.documents.value) && { documents }),
  };
  if (Object.keys(changed).length === 0) return [];
  checkDocuments(documents ?? [], facts.plan);
  const remarks = { ...(printedLabel && { printedLabel }), ...(reason && { reason }) };
  return [{ type: 'ItemReworded', data: { itemId: id, planId: item.planId, ...changed, ...remarks } }];
}

function end(command: CompleteItem | DiscontinueItem, item: AdoptedItem): ItemEvent[] {
  const stage = command.type === 'CompleteItem' ? 'completed' : 'discontinued';
  const { since, value } = item.stage;
  if (value === stage && since === command.effectiveOn) return [];
  if (value === 'completed' || value === 'discontinued') {
    throw new RuleViolation('item-ends-once', `The item was ${value} on ${since} already`);
  }
  const subject = { itemId: command.id, planId: item.planId };
  if (command.type === 'CompleteItem') return [{ type: 'ItemCompleted', data: { ...subject, ...command.data } }];
  return [{ type: 'ItemDiscontinued', data: { ...subject, ...command.data } }];
}

function succeed({ data, facts, id }: SucceedItem, item: AdoptedItem): ItemEvent[] {
  const { comment, inferred = false, kind, successorId } = data;
  if (successorId === id) throw new RuleViolation('successor-is-another', 'An item cannot succeed itself');
  if (item.successors.some((known) => known.itemId === successorId && known.kind === kind)) return [];
  const successor = { successorId, successorPlanId: facts.successor.planId, kind, inferred };
  return [
    {
      type: 'ItemSucceeded',
      data: { itemId: id, planId: item.planId, ...successor, ...(comment && { comment }) },
    },
  ];
}

/** An item lies under items of its own plan, whose kinds the plan lets it lie under, and never under itself. */
function checkPlace(id: string, planId: string, kind: string, { parents, plan }: PlacingFacts): void {
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
    if (!known.parents.includes(item.kind)) {
      const wanted = known.parents.length > 0 ? known.parents.join(' or ') : 'nothing';
      throw new RuleViolation('kinds-nest', `${kind} lies under ${wanted}, and ${title} is ${item.kind}`);
    }
  }
}

function checkDocuments(codes: readonly string[], { documents }: AdoptedPlan): void {
  const unknown = codes.find((code) => documents.every((document) => document.code !== code));
  if (unknown) throw new RuleViolation('document-of-plan', `${unknown} is no document of the plan`);
}

function refuseBeforeAdoption(day: string, { adoptedOn }: AdoptedItem): void {
  if (day >= adoptedOn) return;
  throw new RuleViolation('effective-after-adoption', `The item was adopted on ${adoptedOn}; ${day} is before that`);
}

const same = (left: unknown, right: unknown): boolean => digestOf([left ?? null]) === digestOf([right ?? null]);
