import type { DecisionCommandClass } from '#deciding';
import {
  CancelIndicatorChangeCommand,
  CorrectValueCommand,
  RecordValueCommand,
  RedefineIndicatorCommand,
  SetTargetCommand,
} from '#indicators';
import type { DomainCommand } from '#kernel';
import type { PlanFile, PlanFileCourse, PlanFileStep } from '#plan-files';
import {
  AssessItemCommand,
  assessmentIdOf,
  CancelItemCommand,
  CancelPlanCommand,
  ChangeConcernedCommand,
  ChangeResponsibleCommand,
  CompleteItemCommand,
  CorrectAssessmentCommand,
  DiscontinueItemCommand,
  MoveItemCommand,
  RenumberItemCommand,
  RetainItemCommand,
  RetractItemRevisionCommand,
  RewordItemCommand,
  SucceedItemCommand,
  WithdrawAssessmentCommand,
} from '#planning';
import { attestedBy } from '../attested-by.js';
import { decidedBy } from '../decided-by.js';
import type { KeyedIds } from '../keyed-ids.js';
import { later, loadStep } from '../load-step.js';
import type { LoadBatch, LoadContext, LoadStep } from '../load-step.js';
import { definitionOf, derivationOf, readCells, targetOf } from './indicator.steps.js';
import { concernedOf } from './plan.steps.js';
import { roundStep } from './round.steps.js';

/** What has happened, and then what is made up to have: one thing after the other, but together what rests on nothing of the others. */
export const courseSteps = (file: PlanFile, context: LoadContext, ids: KeyedIds): LoadBatch[] => [
  ...(file.history ? stepsOf('history', file.history, context, ids) : []),
  ...(file.scenario ? stepsOf('scenario', file.scenario, context, ids) : []),
];

function stepsOf(name: string, course: PlanFileCourse, context: LoadContext, ids: KeyedIds): LoadBatch[] {
  const told = new Course(course, { ...context, ...(course.invented && { invented: course.invented }) }, ids);
  const batches: LoadStep[][] = [];
  course.steps.forEach((step, index) => {
    const made = later(() => told.step(step, `${name}.steps[${index}]`));
    const before = course.steps[index - 1];
    if (before && isOfOneAlone(before) && isOfOneAlone(step)) batches.at(-1)!.push(made);
    else batches.push([made]);
  });
  return batches;
}

/** Whether a step rests on nothing that other steps may have changed, but for those about the same item or indicator. */
const isOfOneAlone = (step: PlanFileStep): boolean =>
  [
    ...[step.assess, step.correctAssessment, step.withdrawAssessment],
    ...[step.recordValue, step.correctValue, step.setTarget],
  ].some(Boolean);

class Course {
  readonly #stepOf: ReadonlyMap<string, PlanFileStep>;

  constructor(
    private readonly course: PlanFileCourse,
    private readonly context: LoadContext,
    private readonly ids: KeyedIds,
  ) {
    this.#stepOf = new Map(course.steps.map((step) => [step.key, step]));
  }

  step(step: PlanFileStep, path: string): LoadStep {
    const { ids } = this;
    const { plan } = this.course;
    if (step.openRound) {
      const { decision, inferred, note, on } = step;
      const ground = { decision: decidedBy(decision, ids), grounds: { inferred, note } };
      return roundStep({ plan, ...step.openRound }, `${path}.openRound`, on, this.#contextOf(step), ids, ground);
    }
    if (step.assess) return this.#assess(step, step.assess, path);
    if (step.correctAssessment) {
      const { assess, ...correction } = step.correctAssessment;
      return this.#onAssessment(step, `${path}.correctAssessment`, CorrectAssessmentCommand, assess, correction);
    }
    if (step.withdrawAssessment) {
      const { assess, reason } = step.withdrawAssessment;
      return this.#onAssessment(step, `${path}.withdrawAssessment`, WithdrawAssessmentCommand, assess, { reason });
    }
    if (step.reword) {
      const { item, ...data } = step.reword;
      return this.#onItem(step, `${path}.reword`, RewordItemCommand, item, data);
    }
    if (step.renumber) {
      const { item, ...data } = step.renumber;
      return this.#onItem(step, `${path}.renumber`, RenumberItemCommand, item, data);
    }
    if (step.move) {
      const { item, parents, ...data } = step.move;
      const moved = { ...data, parents: parents.map((parent) => ids.item(plan, parent)) };
      return this.#onItem(step, `${path}.move`, MoveItemCommand, item, moved);
    }
    if (step.changeConcerned) {
      const { concerned, item, ...data } = step.changeConcerned;
      const changed = { ...data, concerned: concerned ? concernedOf(concerned, ids) : null };
      return this.#onItem(step, `${path}.changeConcerned`, ChangeConcernedCommand, item, changed);
    }
    if (step.changeResponsible) {
      const { item, responsible, ...data } = step.changeResponsible;
      const changed = { ...data, responsible: responsible.map(ids.body) };
      return this.#onItem(step, `${path}.changeResponsible`, ChangeResponsibleCommand, item, changed);
    }
    if (step.succeed) {
      const { item, successor, ...data } = step.succeed;
      const link = { ...data, successorId: ids.item(successor.plan ?? plan, successor.item) };
      return this.#onItem(step, `${path}.succeed`, SucceedItemCommand, item, link);
    }
    if (step.retain) {
      const { item, ...data } = step.retain;
      return this.#onItem(step, `${path}.retain`, RetainItemCommand, item, data);
    }
    if (step.complete) {
      const { item, ...data } = step.complete;
      return this.#onItem(step, `${path}.complete`, CompleteItemCommand, item, data);
    }
    if (step.discontinue) {
      const { item, ...data } = step.discontinue;
      return this.#onItem(step, `${path}.discontinue`, DiscontinueItemCommand, item, data);
    }
    if (step.recordValue) {
      const { indicator, period, ...cells } = step.recordValue;
      const data = { period, ...readCells(cells, period) };
      return this.#on(step, `${path}.recordValue`, RecordValueCommand, ids.indicator(plan, indicator), data);
    }
    if (step.redefine) return this.#redefine(step, step.redefine, `${path}.redefine`);
    if (step.setTarget) {
      const { indicator, target } = step.setTarget;
      return this.#on(step, `${path}.setTarget`, SetTargetCommand, ids.indicator(plan, indicator), targetOf(target));
    }
    if (step.takeBack) return this.#takeBack(step, step.takeBack, `${path}.takeBack`);
    if (step.cancelItem) {
      const { item, reason } = step.cancelItem;
      return this.#step(step, `${path}.cancelItem`, CancelItemCommand, ids.item(plan, item), { reason }, undefined);
    }
    if (step.cancelPlan) {
      return this.#step(step, `${path}.cancelPlan`, CancelPlanCommand, ids.plan(plan), step.cancelPlan, undefined);
    }
    const { indicator, period, reason, ...cells } = step.correctValue!;
    const data = { period, ...readCells(cells, period), reason };
    return this.#on(step, `${path}.correctValue`, CorrectValueCommand, ids.indicator(plan, indicator), data);
  }

  #assess(step: PlanFileStep, assess: NonNullable<PlanFileStep['assess']>, path: string): LoadStep {
    const { body, evidence = [], item, level, motivation, round } = assess;
    const { ids } = this;
    const { plan } = this.course;
    return this.#onItem(step, `${path}.assess`, AssessItemCommand, item, {
      roundId: ids.round(plan, round),
      bodyId: ids.body(body),
      level,
      motivation,
      evidence: evidence.map((ground) => {
        if ('item' in ground) return { itemId: ids.item(plan, ground.item) };
        if ('indicator' in ground) return { indicatorId: ids.indicator(plan, ground.indicator) };
        return ground;
      }),
    });
  }

  #redefine(step: PlanFileStep, redefine: NonNullable<PlanFileStep['redefine']>, path: string): LoadStep {
    const { breaksSeries, comparison, derived, indicator, reason, ...definition } = redefine;
    const { ids } = this;
    const { plan } = this.course;
    return this.#on(step, path, RedefineIndicatorCommand, ids.indicator(plan, indicator), {
      ...definitionOf(definition, plan, ids),
      comparison,
      ...(derived !== undefined && { derived: derived && derivationOf(derived, plan, ids) }),
      reason,
      ...(breaksSeries !== undefined && { breaksSeries }),
    });
  }

  /** Of the day of what it takes back, whose event has its id from the log. */
  #takeBack(step: PlanFileStep, { reason, step: key }: NonNullable<PlanFileStep['takeBack']>, path: string): LoadStep {
    const earlier = this.#stepOf.get(key)!;
    const { context, id } = this.step(earlier, '').command;
    const { commandId } = context;
    if (earlier.recordValue || earlier.redefine || earlier.setTarget) {
      const data = { eventId: commandId, reason };
      return this.#step(step, path, CancelIndicatorChangeCommand, id, data, earlier.on, 'eventId');
    }
    const data = { retracts: commandId, reason };
    return this.#step(step, path, RetractItemRevisionCommand, id, data, earlier.on, 'retracts');
  }

  /** A step that speaks of what an earlier step assessed. */
  #onAssessment<Domain extends DomainCommand>(
    step: PlanFileStep,
    path: string,
    command: DecisionCommandClass<Domain>,
    assessing: string,
    data: Omit<Domain['data'] & object, 'assessmentId'>,
  ): LoadStep {
    const earlier = this.#stepOf.get(assessing)!;
    const made = this.step(earlier, '').command;
    const assessmentId = assessmentIdOf(made.context.commandId);
    // The correction speaks of the day of the assessment, whichever day it was made on.
    return this.#step(step, path, command, made.id, { assessmentId, ...data }, earlier.on);
  }

  #onItem<Domain extends DomainCommand>(
    step: PlanFileStep,
    path: string,
    command: DecisionCommandClass<Domain>,
    item: string,
    data: Domain['data'],
  ): LoadStep {
    return this.#on(step, path, command, this.ids.item(this.course.plan, item), data);
  }

  #on<Domain extends DomainCommand>(
    step: PlanFileStep,
    path: string,
    command: DecisionCommandClass<Domain>,
    id: string,
    data: Domain['data'],
  ): LoadStep {
    return this.#step(step, path, command, id, data, step.on);
  }

  #step<Domain extends DomainCommand>(
    step: PlanFileStep,
    path: string,
    command: DecisionCommandClass<Domain>,
    id: string,
    data: Domain['data'],
    effectiveOn: string | undefined,
    eventIn?: string & keyof Domain['data'],
  ): LoadStep {
    const part = [this.course.key, step.key];
    const { inferred, note } = step;
    const ground = { decision: decidedBy(step.decision, this.ids), grounds: { inferred, note } };
    const about = { path, command, id, data, effectiveOn, part, ...(eventIn && { eventIn }) };
    return loadStep(this.#contextOf(step), { ...about, ...ground });
  }

  #contextOf({ attested = this.course.attested, on }: PlanFileStep): LoadContext {
    return { ...this.context, ...attestedBy(attested, this.ids, on) };
  }
}
