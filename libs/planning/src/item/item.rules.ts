import { rule, term, whileThereIsRoom } from '#kernel';
import type { DecidedEvent, DomainCommand, Said } from '#kernel';
import type { AdoptedPlan } from '../plan/plan.decider.js';
import { hasEnded, isDiscontinued } from './item.js';
import type { ItemProperties } from './item.properties.js';
import type { ItemState, JudgedItem } from './item.state.js';
import type { ItemEvent } from './item.events.js';

/** What a command to an item leads to: `[]` where nothing would change. @throws RuleViolation */
export type ItemDecision<Command extends DomainCommand> = (
  command: Command,
  item: ItemState,
) => DecidedEvent<ItemEvent>[];
type AdoptedDecision<Command extends DomainCommand> = (command: Command, item: JudgedItem) => DecidedEvent<ItemEvent>[];

/** So many values of its properties are kept, of all days, what was taken back counted in. */
const mostSaid = 2_000;

/** @throws RuleViolation where nothing was adopted; what was cancelled since is told */
export function needAdopted(item: ItemState): JudgedItem {
  if (item.status === 'unadopted') throw notAdopted();
  return item;
}

/** A decision about an item that is adopted, which nothing takes effect on before that. */
export const ofAdopted =
  <Command extends DomainCommand>(decide: AdoptedDecision<Command>): ItemDecision<Command> =>
  (command, state) => {
    const item = needAdopted(state);
    if (item.cancelled) throw cancelledAlready({ item: item.title.value });
    const { effectiveOn: day } = command;
    if (day < item.adoptedOn) {
      throw beforeAdoption({ adoptedOn: item.adoptedOn, day });
    }
    const events = decide(command, item);
    return withinRoom(events, item);
  };

/** What is decided where what is kept of the item takes it in. @throws RuleViolation */
export const withinRoom = (events: DecidedEvent<ItemEvent>[], item: JudgedItem): DecidedEvent<ItemEvent>[] =>
  events.every(isTakenIn) ? events : whileThereIsRoom(events, saidOf(item), mostSaid);

const saidOf = ({ series }: JudgedItem): number =>
  Object.values(series).reduce((sum, steps: readonly unknown[]) => sum + steps.length, 0);

/** Judgements and links have bounds of their own, and what was recorded by mistake is always taken back. */
const isTakenIn = ({ data, type }: ItemEvent): boolean =>
  'assessmentId' in data ||
  type === 'ItemSucceeded' ||
  type === 'ItemAnswerDeclared' ||
  type === 'ItemRevisionRetracted';

/** A decision that revises an item, which must not have ended by the day. What was recorded wrongly is corrected also then. */
export const ofItemInForce = <Command extends DomainCommand>(decide: AdoptedDecision<Command>): ItemDecision<Command> =>
  ofAdopted((command, item) => {
    if (command.corrects === undefined && hasEnded(item, command.effectiveOn)) {
      const { since, value } = item.lifecycle;
      throw afterEnd({ state: stateOf(value.state), since });
    }
    return decide(command, item);
  });

/** What every event of an item says. */
export const subjectOf = ({ id }: Pick<DomainCommand, 'id'>, { planId }: ItemProperties) => ({ itemId: id, planId });

/** An item ends once, and on no day before it was kept. What was said of its end is corrected on the day of that. */
export function checkEnd(item: ItemProperties, { corrects, effectiveOn: day }: DomainCommand): void {
  if (corrects !== undefined) return;
  const { since, value } = item.lifecycle;
  if (value.state === 'completed' || value.state === 'discontinued') {
    throw endedAlready({ state: stateOf(value.state), since });
  }
  if (since > day) {
    throw endsTooEarly({ state: stateOf(value.state), since });
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
    throw kindUnknown({ kind, kinds: plan.kinds.map(({ code }) => code) });
  }
  checkNesting(id, parents);
  for (const { item } of parents) {
    const title = item.title.value;
    if (item.planId !== planId) throw parentElsewhere({ parent: title });
    if (isDiscontinued(item, day)) {
      throw parentEnded({ parent: title, since: item.lifecycle.since });
    }
    if (!known.parents.includes(item.kind)) {
      const wanted = known.parents.length > 0 ? known.parents : nothing;
      throw kindsDoNotNest({ kind, kinds: wanted, parent: title, parentKind: item.kind });
    }
  }
}

/** @throws RuleViolation where an item would lie under itself */
export function checkNesting(id: string, parents: readonly ParentFact[]): void {
  const under = parents.find(({ ancestors, itemId }) => itemId === id || ancestors.includes(id));
  if (under) throw underItself({ parent: under.item.title.value });
}

export function checkDocuments(codes: readonly string[], { documents }: AdoptedPlan): void {
  const unknown = codes.find((code) => documents.every((document) => document.code !== code));
  if (unknown) throw documentUnknown({ document: unknown });
}

const notAdopted = rule('item-adopted', 'The item is not adopted', 'Uppdraget är inte fastställt');
const cancelledAlready = rule(
  'item-not-cancelled',
  'The adoption of {item} was cancelled',
  'Registreringen av {item} har tagits tillbaka',
);
const beforeAdoption = rule(
  'effective-after-adoption',
  'The item was adopted on {adoptedOn}; {day} is before that',
  'Uppdraget fastställdes {adoptedOn}; {day} är dessförinnan',
);
const afterEnd = rule(
  'item-in-force',
  'The item was {state} on {since}, and cannot be revised after that',
  'Uppdraget är {state} sedan {since} och kan inte revideras därefter',
);
const endedAlready = rule(
  'item-ends-once',
  'The item was {state} on {since} already',
  'Uppdraget är redan {state}, sedan {since}',
);
const endsTooEarly = rule(
  'item-ends-last',
  'The item was {state} on {since}, and cannot have ended before that',
  'Uppdraget är {state} sedan {since} och kan inte ha upphört dessförinnan',
);
const kindUnknown = rule(
  'kind-of-plan',
  '{kind} is no kind of the plan; its kinds are {kinds}',
  '{kind} är inget slag i planen; dess slag är {kinds}',
);
const parentElsewhere = rule('parent-of-plan', '{parent} belongs to another plan', '{parent} hör till en annan plan');
const underItself = rule('items-nest', '{parent} lies under the item itself', '{parent} ligger under uppdraget självt');
const parentEnded = rule('parent-in-force', '{parent} was discontinued on {since}', '{parent} upphörde {since}');
const kindsDoNotNest = rule(
  'kinds-nest',
  '{kind} lies under {kinds}, and {parent} is {parentKind}',
  '{kind} ligger under {kinds}, och {parent} är {parentKind}',
);
const documentUnknown = rule(
  'document-of-plan',
  '{document} is no document of the plan',
  '{document} är inget styrdokument i planen',
);

const nothing = term('nothing', 'nothing', 'ingenting');

const states = {
  active: term('active', 'active', 'pågående'),
  retained: term('retained', 'retained', 'kvarstående'),
  completed: term('completed', 'completed', 'slutfört'),
  discontinued: term('discontinued', 'discontinued', 'upphört'),
};
const stateOf = (state: keyof typeof states): Said => states[state];
