import type { PlanFile, PlanFilePlan } from '#plan-files';
import { AdoptItemCommand, AdoptPlanCommand, SucceedItemCommand } from '#planning';
import type { FormalDecision } from '#kernel';
import type { KeyedIds } from '../keyed-ids.js';
import { loadStep } from '../load-step.js';
import type { LoadBatch, LoadContext, LoadStep } from '../load-step.js';

/** The plan, then its items level by level, since an item lies under items that are adopted, then what succeeds what. */
export function planSteps(file: PlanFile, context: LoadContext, ids: KeyedIds): LoadBatch[] {
  const { plan, successions = [] } = file;
  const links = successions.map(({ from, inferred = false, kind, note, to }, index) =>
    loadStep(context, {
      path: `successions[${index}]`,
      command: SucceedItemCommand,
      id: ids.item(from.plan, from.item),
      data: { successorId: ids.item(to.plan, to.item), kind, inferred, ...(note && { comment: note }) },
      part: [ids.item(to.plan, to.item), kind],
    }),
  );
  if (!plan) return [links];
  return [[adoption(plan, context, ids)], ...itemSteps(file, plan, context, ids), links];
}

function adoption(plan: PlanFilePlan, context: LoadContext, ids: KeyedIds): LoadStep {
  const { calendar, decision, documents, key, kinds, owner, scale, title, validity } = plan;
  const formal: FormalDecision | undefined = decision && {
    bodyId: ids.body(decision.body),
    date: decision.date,
    ...(decision.diarienummer && { diarienummer: decision.diarienummer }),
    ...(decision.paragraph && { paragraph: decision.paragraph }),
  };
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
    ...(formal && { decision: formal }),
  });
}

function itemSteps({ items = [] }: PlanFile, plan: PlanFilePlan, context: LoadContext, ids: KeyedIds): LoadBatch[] {
  const levels: LoadStep[][] = [];
  const depths = new Map<string, number>();
  items.forEach((item, index) => {
    const { concerned, concernedAsPrinted, documents = [], expectedEffects = [], key, kind, parents = [] } = item;
    const depth = parents.reduce((most, parent) => Math.max(most, (depths.get(parent) ?? 0) + 1), 0);
    depths.set(key, depth);
    const asPrinted = concernedAsPrinted && { asPrinted: concernedAsPrinted };
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
          ...(concerned && {
            concerned:
              'bodies' in concerned
                ? { bodies: concerned.bodies.map(ids.body), ...asPrinted }
                : { groupId: ids.group(concerned.group), ...asPrinted },
          }),
          responsible: (item.responsible ?? []).map(ids.body),
          documents,
          expectedEffects,
        },
        effectiveOn: plan.validity.from,
      }),
    );
  });
  return levels;
}
