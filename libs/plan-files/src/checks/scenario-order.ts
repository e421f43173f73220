import { actionSchemas, oneAction } from '../schema/scenario.schema.js';
import type { Check } from './check.js';

/** A scenario is carried out from the top down, so that every step rests on what stands above it. */
export const checkScenarioOrder: Check = (file, findings) => {
  const allSteps = file.declared(['scenario', 'steps'], 'key');
  const opened = new Set(file.declared(['rounds'], 'key'));
  const willOpen = new Set(file.steps.flatMap(({ value: step }) => step.openRound?.key ?? []));
  const assessments = new Map<string, 'standing' | 'withdrawn'>();
  let day = '';
  for (const { value: step, path } of file.steps) {
    if (step.on < day)
      findings.fault([...path, 'on'], `${step.on} comes after ${day}; steps stand in the order of days`);
    if (step.on > day) day = step.on;
    if (Object.keys(step).filter((property) => property in actionSchemas).length !== 1)
      findings.fault(path, oneAction());

    if (step.openRound) opened.add(step.openRound.key);
    if (step.assess) {
      const { round } = step.assess;
      if (willOpen.has(round) && !opened.has(round)) {
        findings.fault([...path, 'assess', 'round'], `the round "${round}" is opened further down; open it first`);
      }
      assessments.set(step.key, 'standing');
    }
    for (const action of ['correctAssessment', 'withdrawAssessment'] as const) {
      const key = step[action]?.assess;
      if (key === undefined) continue;
      const at = [...path, action, 'assess'];
      const standing = assessments.get(key);
      if (standing === 'withdrawn') findings.fault(at, `the assessment of "${key}" is withdrawn by then`);
      else if (!standing && allSteps.has(key))
        findings.fault(at, `"${key}" is not an assessment that stands further up`);
      else if (!standing) findings.fault(at, `there is no step "${key}"`);
    }
    if (step.correctAssessment && !step.correctAssessment.level && !step.correctAssessment.motivation) {
      findings.fault([...path, 'correctAssessment'], 'corrects nothing; give a level, a motivation or both');
    }
    if (step.withdrawAssessment) assessments.set(step.withdrawAssessment.assess, 'withdrawn');
    if (step.reword && !step.reword.title && !step.reword.text) {
      findings.fault([...path, 'reword'], 'changes nothing; give a title, a text or both');
    }
  }
};
