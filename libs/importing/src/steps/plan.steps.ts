import type { FormalDecision } from '#kernel';
import type { PlanFile, PlanFileItem, PlanFilePlan } from '#plan-files';
import { AdoptItemCommand, AdoptPlanCommand, SucceedItemCommand } from '#planning';
import type { Concerned } from '#planning';
import { decidedBy } from '../decided-by.js';
import type { KeyedIds } from '../keyed-ids.js';
import { loadStep } from '../load-step.js';
import type { LoadBatch, LoadContext, LoadStep } from '../load-step.js';

/** The plan, then its items level by level, since an item lies under items that are adopted, then what succeeds what. */
export function planSteps(file: PlanFile, context: LoadContext, ids: KeyedIds): LoadBatch[] {
  const { plan, successions = [] } = file;
  const beginnings = beginningsOf(file);
  const links = successions.map(({ decision, from, inferred = false, kind, note, on, to }, index) =>
    loadStep(context, {
      path: `successions[${index}]`,
      command: SucceedItemCommand,
      id: ids.item(from.plan, from.item),
      data: { successorId: ids.item(to.plan, to.item), kind, inferred, ...(note && { comment: note }) },
      effectiveOn: on ?? (to.plan === plan?.key ? beginnings.get(to.item) : undefined),
      decision: decidedBy(decision, ids),
      part: [ids.item(to.plan, to.item), kind],
    }),
  );
  if (!plan) return [links];
  return [[adoption(plan, context, ids)], ...itemSteps(file, plan, context, ids), links];
}

/** By their keys, the first days of the items of a file. In version 1 no link follows them. */
function beginningsOf({ items = [], plan, sparbar }: PlanFile): ReadonlyMap<string, string> {
  if (!plan || sparbar === 1) return new Map();
  return new Map(items.map(({ from = plan.validity.from, key }) => [key, from]));
}

function adoption(plan: PlanFilePlan, context: LoadContext, ids: KeyedIds): LoadStep {
  const { calendar, decision, documents, inferred, key, kinds, note, owner, scale, title, validity } = plan;
  return loadStep(context, {
    path: 'plan',
    command: AdoptPlanCommand,
    id: ids.plan(key),
    data: {
      key,
      title,
      owner: { bodyId: ids.body(owner.body), role: owner.role },
      validity,
      scale: { scaleId: ids.scale(scale.key), version: scale.version },
      kinds,
      documents: documents.map(({ key: code, ...document }) => ({ code, ...document })),
      calendar: calendar.map(({ note: _, ...occasion }) => occasion),
    },
    effectiveOn: validity.from,
    decision: decidedBy(decision, ids),
    grounds: { inferred, note },
  });
}

/**
 * The decision behind what a file tells of its plan: that which adopted the plan, as far as nothing else is said. In version 1
 * it was the plan's alone.
 */
export const decisionOfPlan = ({ plan, sparbar }: PlanFile, ids: KeyedIds): FormalDecision | undefined =>
  sparbar === 1 ? undefined : decidedBy(plan?.decision, ids);

function itemSteps(file: PlanFile, plan: PlanFilePlan, context: LoadContext, ids: KeyedIds): LoadBatch[] {
  const { items = [] } = file;
  const levels: LoadStep[][] = [];
  const depths = new Map<string, number>();
  items.forEach((item, index) => {
    const { documents = [], expectedEffects = [], inferred, key, kind, note, parents = [], retold } = item;
    const depth = parents.reduce((most, parent) => Math.max(most, (depths.get(parent) ?? 0) + 1), 0);
    depths.set(key, depth);
    const concerned = concernedBy(file, item, ids);
    const ofPlan = item.from === undefined ? decisionOfPlan(file, ids) : undefined;
    (levels[depth] ??= []).push(
      loadStep(context, {
        path: `items[${index}]`,
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
        },
        effectiveOn: item.from ?? plan.validity.from,
        decision: decidedBy(item.decision, ids) ?? ofPlan,
        grounds: { inferred, note, retold },
      }),
    );
  });
  return levels;
}

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
