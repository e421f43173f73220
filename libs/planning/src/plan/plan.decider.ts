import { digestOf, RuleViolation } from '#kernel';
import type { DomainCommand, RecordedFact } from '#kernel';
import type { Aggregate } from '#deciding';
import { amendmentsOf } from './plan.registers.js';
import type { PropertyDays } from './plan.registers.js';
import type { ItemKind, Occasion, PlanAdopted, PlanEvent, RelatedDocument } from './plan.events.js';

export type PlanContent = Omit<PlanAdopted['data'], 'planId' | 'key'>;

export interface PlanFacts {
  /** The versions that the plan's scale has. */
  readonly scaleVersions: readonly number[];
}

export type AdoptPlan = DomainCommand<'AdoptPlan', PlanContent & { key?: string }, PlanFacts>;
export type AmendPlan = DomainCommand<'AmendPlan', Partial<PlanContent>, PlanFacts>;
export type PlanCommand = AdoptPlan | AmendPlan;

export type Plan = { readonly status: 'unadopted' } | AdoptedPlan;
export type AdoptedPlan = PlanContent & { readonly status: 'adopted'; readonly since: PropertyDays };

export const plans: Aggregate<PlanCommand, Plan, PlanEvent> = {
  category: 'plan',
  decider: { initialState: { status: 'unadopted' }, decide, evolve },
};

function decide(command: PlanCommand, plan: Plan): PlanEvent[] {
  return command.type === 'AdoptPlan' ? adopt(command, plan) : amend(command, plan);
}

function adopt({ data, facts, id }: AdoptPlan, plan: Plan): PlanEvent[] {
  if (plan.status === 'adopted') throw new RuleViolation('plan-adopted-once', `${plan.title} is adopted already`);
  checkContent(data, facts);
  return [{ type: 'PlanAdopted', data: { planId: id, ...data } }];
}

function amend({ data, facts, id }: AmendPlan, plan: Plan): PlanEvent[] {
  if (plan.status === 'unadopted') throw new RuleViolation('plan-adopted', 'The plan is not adopted');
  const { since: _since, status: _status, ...current } = plan;
  const changed = Object.fromEntries(
    Object.entries(data).filter(
      ([name, value]) => value !== undefined && digestOf(value) !== digestOf(current[name as keyof PlanContent]),
    ),
  ) as Partial<PlanContent>;
  if (Object.keys(changed).length === 0) return [];
  checkContent({ ...current, ...changed }, facts);
  const lost = current.kinds.find(({ code }) => changed.kinds?.every((kind) => kind.code !== code));
  if (lost) {
    throw new RuleViolation('kinds-stay', `The kind ${lost.code} cannot be taken away, because items may be of it`);
  }
  return [{ type: 'PlanAmended', data: { planId: id, ...changed } }];
}

function checkContent(content: PlanContent, { scaleVersions }: PlanFacts): void {
  const { calendar, documents, kinds, scale, validity } = content;
  if (validity.to !== undefined && validity.to < validity.from) {
    throw new RuleViolation('period-in-order', `The plan would end ${validity.to}, before it begins ${validity.from}`);
  }
  if (!scaleVersions.includes(scale.version)) {
    const known = scaleVersions.join(', ');
    throw new RuleViolation('scale-version-exists', `The scale has no version ${scale.version}; it has ${known}`);
  }
  checkKinds(kinds);
  documents.forEach((document) => checkDocument(document, documents));
  calendar.forEach((occasion) => checkOccasion(occasion, kinds));
}

function checkKinds(kinds: readonly ItemKind[]): void {
  if (kinds.length === 0) throw new RuleViolation('plan-has-kinds', 'A plan names at least one kind of item');
  const codes = kinds.map(({ code }) => code);
  const repeated = codes.find((code, index) => codes.indexOf(code) < index);
  if (repeated) throw new RuleViolation('kinds-differ', `The kind ${repeated} is given twice`);
  for (const { code, parents } of kinds) {
    const unknown = parents.find((parent) => !codes.includes(parent));
    if (unknown) throw new RuleViolation('kinds-known', `${code} lies under ${unknown}, which is no kind of the plan`);
  }
  const placed = new Set<string>();
  for (let left = kinds; left.length > 0;) {
    const free = left.filter(({ parents }) => parents.every((parent) => placed.has(parent)));
    if (free.length === 0) {
      throw new RuleViolation(
        'kinds-nest',
        `The kinds ${left.map(({ code }) => code).join(', ')} lie under each other`,
      );
    }
    free.forEach(({ code }) => placed.add(code));
    left = left.filter(({ code }) => !placed.has(code));
  }
}

function checkDocument({ code, title, validity }: RelatedDocument, documents: readonly RelatedDocument[]): void {
  if (documents.filter((other) => other.code === code).length > 1) {
    throw new RuleViolation('documents-differ', `The document ${code} is given twice`);
  }
  if (validity?.from !== undefined && validity.to !== undefined && validity.to < validity.from) {
    throw new RuleViolation('period-in-order', `${title} would end ${validity.to}, before it begins ${validity.from}`);
  }
}

function checkOccasion({ deadline, label, referenceDate, scope }: Occasion, kinds: readonly ItemKind[]): void {
  const unknown = scope.find((code) => kinds.every((kind) => kind.code !== code));
  if (unknown) throw new RuleViolation('kinds-known', `${label} assesses ${unknown}, which is no kind of the plan`);
  if (deadline < referenceDate) {
    throw new RuleViolation(
      'deadline-after-reference',
      `${label} is due ${deadline}, before the day ${referenceDate} it speaks of`,
    );
  }
}

function evolve(plan: Plan, event: RecordedFact<PlanEvent>): Plan {
  if (event.type === 'PlanAdopted') {
    const { key: _key, planId: _id, ...content } = event.data;
    return { status: 'adopted', since: {}, ...content };
  }
  if (plan.status === 'unadopted') return plan;
  const { planId: _, ...asked } = event.data;
  const { changed, since } = amendmentsOf(plan.since, asked, event.effectiveOn);
  return { ...plan, ...changed, since };
}
