import { placeOf, rule } from '#kernel';
import type { DecidedEvent, DomainCommand, RecordedFact, Said } from '#kernel';
import type { Aggregate } from '#deciding';
import type { HandOver } from '#organisation';
import { checkNoRevision, closeRevision, decideRevision, revisionAfter } from '../revision/revision.decide.js';
import type { RevisionCommand, WithRevision } from '../revision/revision.decide.js';
import { ownershipsOf } from './plan.held.js';
import { amendmentsOf } from './plan.registers.js';
import { checkDayOfAmendment } from './plan.told.js';
import type { PropertyDays } from './plan.registers.js';
import { changedFrom, contentOn, seriesAfter, seriesOf } from './plan.series.js';
import type { PlanSeries } from './plan.series.js';
import type { ItemKind, Occasion, PlanContent, PlanEvent, RelatedDocument } from './plan.events.js';

export type { PlanContent } from './plan.events.js';

export interface PlanFacts {
  /** The versions that the plan's scale has. */
  readonly scaleVersions: readonly number[];
  /** Whether it is the decision behind what it corrects that is told otherwise, whatever else is. */
  readonly correctsDecision?: boolean;
}

export type AdoptPlan = DomainCommand<'AdoptPlan', PlanContent & { key?: string }, PlanFacts>;
export type AmendPlan = DomainCommand<'AmendPlan', Partial<PlanContent>, PlanFacts>;
/** It should not have been adopted. */
export type CancelPlan = DomainCommand<'CancelPlan', { reason: string }, CancellingFacts>;
/** Another body takes over from the one that owns it. */
export type HandOverPlan = DomainCommand<'HandOverPlan', HandOver, void>;
export type PlanCommand = AdoptPlan | AmendPlan | CancelPlan | HandOverPlan | RevisionCommand;

export interface CancellingFacts {
  /** The adoption that stands. */
  readonly adoption: { readonly id: string; readonly effectiveOn: string } | undefined;
  /** What others tell of the plan, as it is called in words: the first few. */
  readonly resting: readonly Said[];
}

export type Plan =
  { readonly status: 'unadopted' } | { readonly status: 'cancelled'; readonly title: string } | AdoptedPlan;
export type AdoptedPlan = PlanContent &
  WithRevision & { readonly status: 'adopted'; readonly since: PropertyDays; readonly series: PlanSeries };

export const plans: Aggregate<PlanCommand, Plan, PlanEvent> = {
  category: 'plan',
  decider: { initialState: { status: 'unadopted' }, decide, evolve },
};

/** The scale that the items of a plan are assessed on. @throws RuleViolation where it names none */
export function scaleOf({ scale, title }: Pick<PlanContent, 'scale' | 'title'>): NonNullable<PlanContent['scale']> {
  if (!scale) throw hasNoScale({ plan: title });
  return scale;
}

function decide(command: PlanCommand, plan: Plan): DecidedEvent<PlanEvent>[] {
  if (command.type === 'AdoptPlan') return adopt(command, plan);
  if (plan.status === 'unadopted') throw notAdopted();
  if (plan.status === 'cancelled') {
    if (command.type === 'CancelPlan') return [];
    throw cancelledAlready({ plan: plan.title });
  }
  switch (command.type) {
    case 'AmendPlan':
      return amend(command, plan);
    case 'CancelPlan':
      return cancel(command, plan);
    case 'HandOverPlan':
      return handOver(command, plan);
    case 'DecideRevision':
      return decideRevision(command, plan);
    case 'CloseRevision':
      return closeRevision(command, plan);
  }
}

function adopt({ data, facts, id }: AdoptPlan, plan: Plan): PlanEvent[] {
  if (plan.status === 'adopted') throw adoptedAlready({ plan: plan.title });
  if (data.scale) checkScale(data.scale, facts);
  checkContent(data);
  return [{ type: 'PlanAdopted', data: { planId: id, ...data } }];
}

/** Set against what holds on the day that it speaks of: what holds on later ones stays as it is. */
function amend({ data, effectiveOn, facts, id }: AmendPlan, plan: AdoptedPlan): PlanEvent[] {
  const current = contentOn(plan.series, effectiveOn);
  const changed = changedFrom(current, data);
  if (Object.keys(changed).length === 0 && !facts.correctsDecision) return [];
  // What it does not change was checked when it was said.
  if (changed.scale) checkScale(changed.scale, facts);
  checkContent({ ...current, ...changed });
  const lost = current.kinds.find(({ code }) => changed.kinds?.every((kind) => kind.code !== code));
  if (lost) {
    throw kindStays({ kind: lost.code });
  }
  return [{ type: 'PlanAmended', data: { planId: id, ...changed } }];
}

function cancel({ data, effectiveOn, facts, id }: CancelPlan, plan: AdoptedPlan): PlanEvent[] {
  checkNoRevision(plan);
  const { adoption, resting } = facts;
  if (adoption) checkDayOfAmendment(adoption.effectiveOn, effectiveOn);
  if (resting.length > 0) throw restsOn({ plan: plan.title, resting });
  return [{ type: 'PlanCancelled', data: { planId: id, ...data } }];
}

/** From the day of the command on, and on each later day from which the body was to own it. A plan has one owner. */
function handOver({ data, effectiveOn, id }: HandOverPlan, plan: AdoptedPlan): DecidedEvent<PlanEvent>[] {
  const [bodyId] = data.successors;
  const owned = ownershipsOf(plan, data.bodyId, effectiveOn);
  if (owned.length > 0 && (bodyId === undefined || data.successors.length > 1)) throw oneOwner({ plan: plan.title });
  return owned.map(({ owner, since }) => ({
    type: 'PlanAmended',
    effectiveOn: since,
    data: { planId: id, owner: { ...owner, bodyId: bodyId! } },
  }));
}

function checkScale({ version }: NonNullable<PlanContent['scale']>, { scaleVersions }: PlanFacts): void {
  if (!scaleVersions.includes(version)) throw noSuchVersion({ version, known: scaleVersions });
}

function checkContent({ calendar, documents, kinds, validity }: PlanContent): void {
  if (validity.from !== undefined && validity.to !== undefined && validity.to < validity.from) {
    throw planEndsTooEarly({ to: validity.to, from: validity.from });
  }
  checkKinds(kinds);
  documents.forEach((document) => checkDocument(document, documents));
  calendar.forEach((occasion) => checkOccasion(occasion, kinds));
}

function checkKinds(kinds: readonly ItemKind[]): void {
  if (kinds.length === 0) throw noKinds();
  const codes = kinds.map(({ code }) => code);
  const repeated = codes.find((code, index) => codes.indexOf(code) < index);
  if (repeated) throw kindTwice({ kind: repeated });
  for (const { code, parents } of kinds) {
    const unknown = parents.find((parent) => !codes.includes(parent));
    if (unknown) throw parentUnknown({ kind: code, unknown });
  }
  const placed = new Set<string>();
  for (let left = kinds; left.length > 0;) {
    const free = left.filter(({ parents }) => parents.every((parent) => placed.has(parent)));
    if (free.length === 0) {
      throw kindsInCircle({ kinds: left.map(({ code }) => code) });
    }
    free.forEach(({ code }) => placed.add(code));
    left = left.filter(({ code }) => !placed.has(code));
  }
}

function checkDocument({ code, title, validity }: RelatedDocument, documents: readonly RelatedDocument[]): void {
  if (documents.filter((other) => other.code === code).length > 1) {
    throw documentTwice({ document: code });
  }
  if (validity?.from !== undefined && validity.to !== undefined && validity.to < validity.from) {
    throw documentEndsTooEarly({ document: title, to: validity.to, from: validity.from });
  }
}

function checkOccasion(
  { deadline, label, recurs, referenceDate, scope, year }: Occasion,
  kinds: readonly ItemKind[],
): void {
  const unknown = scope.find((code) => kinds.every((kind) => kind.code !== code));
  if (unknown) throw scopeUnknown({ round: label, unknown });
  if ((year === undefined) === (recurs === undefined)) throw yearOrRecurs({ round: label });
  if (deadline !== undefined && referenceDate !== undefined && deadline < referenceDate) {
    throw dueTooEarly({ round: label, deadline, referenceDate });
  }
}

function evolve(plan: Plan, event: RecordedFact<PlanEvent>): Plan {
  if (event.type === 'PlanAdopted') {
    const { key: _key, planId: _id, ...content } = event.data;
    return { status: 'adopted', since: {}, series: seriesOf(event), ...content };
  }
  if (plan.status !== 'adopted') return plan;
  if (event.type === 'PlanCancelled') return { status: 'cancelled', title: plan.title };
  if (event.type !== 'PlanAmended') {
    const { revisionUnderWay: _revision, ...rest } = plan;
    return { ...rest, ...revisionAfter(event) };
  }
  const { planId: _, ...asked } = event.data;
  const { changed, since } = amendmentsOf(plan.since, asked, placeOf(event));
  return { ...plan, ...changed, since, series: seriesAfter(plan.series, event) };
}

const adoptedAlready = rule('plan-adopted-once', '{plan} is adopted already', '{plan} är redan fastställd');
const notAdopted = rule('plan-adopted', 'The plan is not adopted', 'Planen är inte fastställd');
const cancelledAlready = rule(
  'plan-not-cancelled',
  'The adoption of {plan} was cancelled',
  'Registreringen av {plan} har tagits tillbaka',
);
const restsOn = rule(
  'nothing-rests-on-plan',
  '{plan} cannot be cancelled, because of what rests on it: {resting}',
  '{plan} kan inte tas tillbaka på grund av det som vilar på den: {resting}',
);
const oneOwner = rule(
  'plan-has-one-owner',
  '{plan} is owned by one body: name the one that takes it over',
  '{plan} ägs av en nämnd: ange den som tar över',
);
const kindStays = rule(
  'kinds-stay',
  'The kind {kind} cannot be taken away, because items may be of it',
  'Slaget {kind} kan inte tas bort, eftersom det kan finnas uppdrag av det slaget',
);
const planEndsTooEarly = rule(
  'period-in-order',
  'The plan would end {to}, before it begins {from}',
  'Planen skulle upphöra {to}, innan den börjar gälla {from}',
);
const hasNoScale = rule(
  'plan-has-scale',
  '{plan} names no scale to assess on; amend it with one first',
  '{plan} anger ingen skala att bedöma på; ändra planen så att den har en först',
);
const noSuchVersion = rule(
  'scale-version-exists',
  'The scale has no version {version}; it has {known}',
  'Skalan har ingen version {version}; den har {known}',
);
const noKinds = rule(
  'plan-has-kinds',
  'A plan names at least one kind of item',
  'En plan anger minst ett slag av uppdrag',
);
const kindTwice = rule('kinds-differ', 'The kind {kind} is given twice', 'Slaget {kind} anges två gånger');
const parentUnknown = rule(
  'kinds-known',
  '{kind} lies under {unknown}, which is no kind of the plan',
  '{kind} ligger under {unknown}, som inte är något slag i planen',
);
const kindsInCircle = rule(
  'kinds-nest',
  'The kinds {kinds} lie under each other',
  'Slagen {kinds} ligger under varandra',
);
const documentTwice = rule(
  'documents-differ',
  'The document {document} is given twice',
  'Styrdokumentet {document} anges två gånger',
);
const documentEndsTooEarly = rule(
  'period-in-order',
  '{document} would end {to}, before it begins {from}',
  '{document} skulle upphöra {to}, innan det börjar gälla {from}',
);
const scopeUnknown = rule(
  'kinds-known',
  '{round} assesses {unknown}, which is no kind of the plan',
  '{round} bedömer {unknown}, som inte är något slag i planen',
);
const yearOrRecurs = rule(
  'occasion-year',
  '{round} is of a year, or comes again, and not both',
  '{round} gäller ett år eller återkommer, och inte båda',
);
const dueTooEarly = rule(
  'deadline-after-reference',
  '{round} is due {deadline}, before the day {referenceDate} it speaks of',
  '{round} ska vara klar {deadline}, före den dag {referenceDate} som den avser',
);
