import { RuleViolation } from '#kernel';
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
import { same, unchanged } from './unchanged.js';

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

function adopt({ data, effectiveOn, facts, id }: AdoptItem, item: Item): ItemEvent[] {
  if (item.status === 'adopted') throw new RuleViolation('item-adopted-once', `${item.title.value} is adopted already`);
  const { documents = [], expectedEffects = [], parents = [], responsible = [], ...rest } = data;
  checkPlace({ itemId: id, planId: data.planId, kind: data.kind, day: effectiveOn }, facts);
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
  const { effectiveOn: day, id: itemId } = command;
  const subject = { itemId, planId: item.planId };
  if (command.type === 'CompleteItem' || command.type === 'DiscontinueItem') return end(command, item);
  if (hasEnded(item, day)) {
    const { since, value } = item.stage;
    throw new RuleViolation('item-in-force', `The item was ${value} on ${since}, and cannot be revised after that`);
  }
  switch (command.type) {
    case 'RewordItem':
      return reword(command, item);
    case 'RenumberItem': {
      if (unchanged(item.number, command.data.number, day)) return [];
      return [{ type: 'ItemRenumbered', data: { ...subject, ...command.data } }];
    }
    case 'MoveItem': {
      const parents = [...command.data.parents];
      if (unchanged(item.parents, parents, day)) return [];
      checkPlace({ ...subject, kind: item.kind, day }, command.facts);
      return [{ type: 'ItemMoved', data: { ...subject, ...command.data, parents } }];
    }
    case 'ChangeConcerned': {
      if (unchanged(item.concerned, command.data.concerned, day)) return [];
      return [{ type: 'ItemConcernedChanged', data: { ...subject, ...command.data } }];
    }
    case 'ChangeResponsible': {
      const responsible = [...command.data.responsible];
      if (unchanged(item.responsible, responsible, day)) return [];
      return [{ type: 'ItemResponsibleChanged', data: { ...subject, ...command.data, responsible } }];
    }
    case 'RetainItem': {
      const again = item.stage.value === 'retained' && item.stage.since === day;
      if (again && same(item.remarks, command.data)) return [];
      return [{ type: 'ItemRetained', data: { ...subject, ...command.data } }];
    }
  }
}

/** What is the same as now is left out of what is recorded. */
function reword({ data, effectiveOn: day, facts, id }: RewordItem, item: AdoptedItem): ItemEvent[] {
  const { documents, expectedEffects, printedLabel, reason, text, title } = data;
  if ([documents, expectedEffects, text, title].every((wording) => wording === undefined)) {
    throw new RuleViolation('wording-given', 'A rewording gives a title, a text, expected effects or documents');
  }
  const changed = {
    ...(title !== undefined && !unchanged(item.title, title, day) && { title }),
    ...(text !== undefined && !unchanged(item.text, text, day) && { text }),
    ...(expectedEffects && !unchanged(item.expectedEffects, expectedEffects, day) && { expectedEffects }),
    ...(documents && !unchanged(item.documents, documents, day) && { documents }),
  };
  if (Object.keys(changed).length === 0) return [];
  checkDocuments(changed.documents ?? [], facts.plan);
  const remarks = { ...(printedLabel && { printedLabel }), ...(reason && { reason }) };
  return [{ type: 'ItemReworded', data: { itemId: id, planId: item.planId, ...changed, ...remarks } }];
}

function end(command: CompleteItem | DiscontinueItem, item: AdoptedItem): ItemEvent[] {
  const stage = command.type === 'CompleteItem' ? 'completed' : 'discontinued';
  const { since, value } = item.stage;
  if (value === stage && since === command.effectiveOn && same(item.remarks, command.data)) return [];
  if (value === 'completed' || value === 'discontinued') {
    throw new RuleViolation('item-ends-once', `The item was ${value} on ${since} already`);
  }
  if (since > command.effectiveOn) {
    throw new RuleViolation('item-ends-last', `The item was ${value} on ${since}, and cannot have ended before that`);
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

/** What is to lie where, and from which day. */
interface Placed {
  readonly itemId: string;
  readonly planId: string;
  readonly kind: string;
  readonly day: string;
}

/** An item lies under items of its own plan, whose kinds the plan lets it lie under, and never under itself. */
function checkPlace({ day, itemId: id, kind, planId }: Placed, { parents, plan }: PlacingFacts): void {
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
    if (item.stage.value === 'discontinued' && item.stage.since <= day) {
      throw new RuleViolation('parent-in-force', `${title} was discontinued on ${item.stage.since}`);
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
