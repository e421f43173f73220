import { DefineIndicatorCommand, RecordValueCommand, SetTargetCommand } from '#indicators';
import type { Cell as RecordedCell, Derivation, Target } from '#indicators';
import { derivationLayers, readCell } from '#plan-files';
import type { Cell, PlanFile, PlanFileIndicator } from '#plan-files';
import type { KeyedIds } from '../keyed-ids.js';
import { later, loadStep } from '../load-step.js';
import type { LoadBatch, LoadContext } from '../load-step.js';
import { allInferred, firstDayOf, groundOfPlan } from './plan.steps.js';

/** The indicators, then their values year by year, then their targets. */
export function indicatorSteps(file: PlanFile, context: LoadContext, ids: KeyedIds): LoadBatch[] {
  const { indicators = [], plan } = file;
  if (!plan) return [];
  const planId = ids.plan(plan.key);
  const effectiveOn = firstDayOf(plan);
  const ground = groundOfPlan(file, ids);
  const { decision } = ground;
  const definitions = indicators.map(({ comparison, derived, inferred, key, note, ...definition }, index) =>
    loadStep(context, {
      path: `indicators[${index}]`,
      command: DefineIndicatorCommand,
      id: ids.indicator(plan.key, key),
      data: {
        planId,
        key,
        ...definitionOf(definition, plan.key, ids),
        ...(comparison && { comparison }),
        ...(derived && { derived: derivationOf(derived, plan.key, ids) }),
      },
      effectiveOn,
      decision,
      grounds: { inferred: allInferred(inferred, ground), note },
    }),
  );
  const values = indicators.flatMap(({ key, values: recorded = [] }, index) =>
    recorded.map(({ period, ...cells }, place) =>
      later(() =>
        loadStep(context, {
          path: `indicators[${index}].values[${place}]`,
          command: RecordValueCommand,
          id: ids.indicator(plan.key, key),
          data: { period, ...readCells(cells, period) },
          effectiveOn,
          part: [period],
        }),
      ),
    ),
  );
  const targets = indicators.flatMap(({ key, target }, index) =>
    target
      ? [
          loadStep(context, {
            path: `indicators[${index}].target`,
            command: SetTargetCommand,
            id: ids.indicator(plan.key, key),
            data: targetOf(target),
            effectiveOn,
            decision,
            grounds: { inferred: allInferred(undefined, ground) },
          }),
        ]
      : [],
  );
  const { layers } = derivationLayers(indicators.map(({ derived, key }, index) => ({ derived, key, index })));
  const defining = layers.map((layer) => layer.map(({ index }) => definitions[index]!));
  return [...defining, values, targets];
}

type Definition = Pick<PlanFileIndicator, 'direction' | 'items' | 'measure' | 'name' | 'owner' | 'sexes' | 'source'>;

/** What every definition of an indicator says, as it is recorded. */
export const definitionOf = (
  { direction, items, measure, name, owner, sexes, source }: Definition,
  plan: string,
  ids: KeyedIds,
) => ({
  name,
  ownerId: ids.body(owner),
  measure,
  direction,
  source,
  splitBySex: sexes,
  itemIds: items.map((item) => ids.item(plan, item)),
});

/** What an indicator is derived from, as it is recorded. */
export const derivationOf = (
  derived: NonNullable<PlanFileIndicator['derived']>,
  plan: string,
  ids: KeyedIds,
): Derivation => ({
  ...derived,
  numerator: ids.indicator(plan, derived.numerator),
  denominator: ids.indicator(plan, derived.denominator),
});

interface Cells {
  readonly total?: Cell;
  readonly women?: Cell;
  readonly men?: Cell;
}

/** The cells of one period, as they are recorded. */
export function readCells(
  cells: Cells,
  period: string,
): { total?: RecordedCell; women?: RecordedCell; men?: RecordedCell } {
  const { men, total, women } = cells;
  return {
    ...(total !== undefined && { total: recordedCell(total, period) }),
    ...(women !== undefined && { women: recordedCell(women, period) }),
    ...(men !== undefined && { men: recordedCell(men, period) }),
  };
}

function recordedCell(cell: Cell, period: string): RecordedCell {
  const read = readCell(cell, period);
  if ('gap' in read) return read;
  const { asPrinted, provisionalAsOf, value } = read;
  return { value, ...(asPrinted !== value && { asPrinted }), ...(provisionalAsOf && { provisionalAsOf }) };
}

/** What an indicator should reach, as it is recorded. */
export function targetOf({ note, ...target }: NonNullable<PlanFileIndicator['target']>): {
  target: Target;
  comment?: string;
} {
  return { target, ...(note && { comment: note }) };
}
