import type { FormalDecision, Inference } from '#kernel';
import type { PlanFile, PlanFileItem, PlanFilePlan } from '#plan-files';
import { AdoptItemCommand, AdoptPlanCommand, DeclareAnswerCommand, SucceedItemCommand } from '#planning';
import type { Concerned } from '#planning';
import { decidedBy } from '../decided-by.js';
import type { KeyedIds } from '../keyed-ids.js';
import { later, loadStep } from '../load-step.js';
import type { LoadBatch, LoadContext, LoadStep } from '../load-step.js';

/** The plan, then its items level by level, since an item lies under items that are adopted, then what succeeds or answers what. */
export function planSteps(file: PlanFile, context: LoadContext, ids: KeyedIds): LoadBatch[] {
  const { answers = [], plan, successions = [] } = file;
  const beginnings = beginningsOf(file);
  const links = successions.map(({ decision, from, inferred = false, kind, note, on, printedLabel, to }, index) =>
    later(() =>
      loadStep(context, {
        path: `successions[${index}]`,
        command: SucceedItemCommand,
        id: ids.item(from.plan, from.item),
        data: {
          ...{ successorId: ids.item(to.plan, to.item), kind, inferred },
          ...(note && { comment: note }),
          ...(printedLabel && { printedLabel }),
        },
        effectiveOn: on ?? (to.plan === plan?.key ? beginnings.get(to.item) : undefined),
        decision: decidedBy(decision, ids),
        part: [ids.item(to.plan, to.item), kind],
      }),
    ),
  );
  const answering = answers.map(({ decision, from, inferred = false, note, on, to }, index) => {
    const own = [from, to].find((end) => end.plan === plan?.key);
    return loadStep(context, {
      path: `answers[${index}]`,
      command: DeclareAnswerCommand,
      id: ids.item(from.plan, from.item),
      data: { answersId: ids.item(to.plan, to.item), inferred, ...(note && { comment: note }) },
      effectiveOn: on ?? (own && beginnings.get(own.item)),
      decision: decidedBy(decision, ids),
      part: [ids.item(to.plan, to.item), 'answers'],
    });
  });
  const all = [...links, ...answering];
  if (!plan) return [all];
  return [[adoption(file, plan, context, ids)], ...itemSteps(file, plan, context, ids), all];
}

/** By their keys, the first days of the items of a file. In version 1 no link follows them. */
function beginningsOf({ items = [], plan, sparbar }: PlanFile): ReadonlyMap<string, string | undefined> {
  if (!plan || sparbar === 1) return new Map();
  return new Map(items.map(({ from = firstDayOf(plan), key }) => [key, from]));
}

/** The day from which a file tells of a plan: its first, or that of the decision that adopted it; undefined where it tells neither. */
export const firstDayOf = ({ decision, validity }: PlanFilePlan): string | undefined => validity.from ?? decision?.date;

function adoption({ sparbar }: PlanFile, plan: PlanFilePlan, context: LoadContext, ids: KeyedIds): LoadStep {
  const { calendar = [], decision, documents = [], inferred, key, kinds, note, owner, scale, title, validity } = plan;
  return loadStep(context, {
    path: 'plan',
    command: AdoptPlanCommand,
    id: ids.plan(key),
    data: {
      key,
      title,
      owner: { bodyId: ids.body(owner.body), ...(owner.role !== undefined && { role: owner.role }) },
      validity,
      ...(scale && { scale: { scaleId: ids.scale(scale.key), version: scale.version } }),
      kinds,
      documents: documents.map(({ key: code, ...document }) => ({ code, ...document })),
      calendar: sparbar === 1 ? calendar.map(({ note: _, ...occasion }) => occasion) : calendar,
    },
    effectiveOn: firstDayOf(plan),
    decision: decidedBy(decision, ids),
    grounds: { inferred, note },
  });
}

/**
 * The decision behind what a file tells of its plan: that which adopted the plan, as far as nothing else is said. In version 1
 * it was the plan's alone.
 */
export function groundOfPlan({ plan, sparbar }: PlanFile, ids: KeyedIds): Ground {
  if (sparbar === 1) return { decision: undefined, inferred: [] };
  const inferred = (plan?.inferred ?? []).filter(({ fact }) => fact?.startsWith('decision'));
  return { decision: decidedBy(plan?.decision, ids), inferred };
}

/** A decision, and what of it no document states. */
interface Ground {
  readonly decision: FormalDecision | undefined;
  readonly inferred: readonly Inference[];
}

/** What is inferred, in one list; nothing where it is empty. */
export const allInferred = (
  own: readonly Inference[] | undefined,
  { inferred }: Pick<Ground, 'inferred'>,
): readonly Inference[] | undefined => {
  const all = [...(own ?? []), ...inferred];
  return all.length > 0 ? all : undefined;
};

function itemSteps(file: PlanFile, plan: PlanFilePlan, context: LoadContext, ids: KeyedIds): LoadBatch[] {
  const { items = [] } = file;
  const levels: LoadStep[][] = [];
  const depths = new Map<string, number>();
  items.forEach((item, index) => {
    const { key, parents = [] } = item;
    const depth = parents.reduce((most, parent) => Math.max(most, (depths.get(parent) ?? 0) + 1), 0);
    depths.set(key, depth);
    (levels[depth] ??= []).push(later(() => itemStep(file, plan, item, `items[${index}]`, context, ids)));
  });
  return levels;
}

function itemStep(
  file: PlanFile,
  plan: PlanFilePlan,
  item: PlanFileItem,
  path: string,
  context: LoadContext,
  ids: KeyedIds,
): LoadStep {
  const { documents = [], expectedEffects = [], inferred, key, kind, note, parents = [], retold } = item;
  const concerned = concernedBy(file, item, ids);
  const isOfPlan = item.from === undefined && item.decision === undefined;
  const ground = isOfPlan ? groundOfPlan(file, ids) : { decision: decidedBy(item.decision, ids), inferred: [] };
  return loadStep(context, {
    path,
    command: AdoptItemCommand,
    id: ids.item(plan.key, key),
    data: {
      planId: ids.plan(plan.key),
      key,
      kind,
      ...(item.number && { number: item.number }),
      title: item.title,
      ...(item.text && { text: item.text }),
      parents: parents.map((parent) => ids.item(plan.key, parent)),
      ...(concerned && { concerned }),
      responsible: (item.responsible ?? []).map(ids.body),
      documents,
      expectedEffects,
      ...particularsOf(item, ids),
    },
    effectiveOn: item.from ?? firstDayOf(plan),
    decision: ground.decision,
    grounds: { inferred: allInferred(inferred, ground), note, retold },
  });
}

function particularsOf({ acting, given, otherNumbers }: PlanFileItem, ids: KeyedIds) {
  const acts = acting?.map(({ body, through }) => ({ bodyId: ids.body(body), through: through.map(ids.body) }));
  return {
    ...(otherNumbers && { otherNumbers }),
    ...(given && { given: givenBy(given, ids) }),
    ...(acts && { acting: acts }),
  };
}

const givenBy = ({ by, ...given }: NonNullable<PlanFileItem['given']>, ids: KeyedIds) => ({
  bodyId: ids.body(by),
  ...given,
});

/** Whom an item concerns: from version 2 on also where the document's own words are all there is. */
function concernedBy(
  { sparbar }: PlanFile,
  { concerned, concernedAsPrinted }: PlanFileItem,
  ids: KeyedIds,
): Concerned | undefined {
  const asPrinted = concernedAsPrinted !== undefined && { asPrinted: concernedAsPrinted };
  if (concerned) return { ...concernedOf(concerned, ids), ...asPrinted };
  return asPrinted && sparbar > 1 ? { bodies: [], ...asPrinted } : undefined;
}

/** Bodies, or a group, as they are recorded. */
export const concernedOf = (concerned: NonNullable<PlanFileItem['concerned']>, ids: KeyedIds): Concerned =>
  'bodies' in concerned ? { bodies: concerned.bodies.map(ids.body) } : { groupId: ids.group(concerned.group) };
