import { say } from '#kernel';
import { actionSchemas, oneAction } from '../schema/scenario.schema.js';
import { saidOf } from '../schema/wording.js';
import type { Check } from './check.js';

/** A scenario is carried out from the top down, so that every step rests on what stands above it. */
export const checkScenarioOrder: Check = (file, findings) => {
  const allSteps = file.declared(['scenario', 'steps'], 'key');
  const opened = new Set(file.declared(['rounds'], 'key'));
  const willOpen = new Set(file.steps.flatMap(({ value: step }) => step.openRound?.key ?? []));
  const assessments = new Map<string, 'standing' | 'withdrawn'>();
  let day = '';
  for (const { value: step, path } of file.steps) {
    if (step.on < day) findings.fault([...path, 'on'], isEarlier({ on: step.on, day }));
    if (step.on > day) day = step.on;
    if (Object.keys(step).filter((property) => property in actionSchemas).length !== 1)
      findings.fault(path, saidOf(oneAction));

    if (step.openRound) opened.add(step.openRound.key);
    if (step.assess) {
      const { round } = step.assess;
      if (willOpen.has(round) && !opened.has(round)) {
        findings.fault([...path, 'assess', 'round'], isOpenedBelow({ round }));
      }
      assessments.set(step.key, 'standing');
    }
    for (const action of ['correctAssessment', 'withdrawAssessment'] as const) {
      const key = step[action]?.assess;
      if (key === undefined) continue;
      const at = [...path, action, 'assess'];
      const standing = assessments.get(key);
      if (standing === 'withdrawn') findings.fault(at, isWithdrawn({ key }));
      else if (!standing && allSteps.has(key)) findings.fault(at, isNoAssessment({ key }));
      else if (!standing) findings.fault(at, noStep({ key }));
    }
    if (step.correctAssessment && !step.correctAssessment.level && !step.correctAssessment.motivation) {
      findings.fault([...path, 'correctAssessment'], correctsNothing());
    }
    if (step.withdrawAssessment) assessments.set(step.withdrawAssessment.assess, 'withdrawn');
    if (step.reword && !step.reword.title && !step.reword.text) {
      findings.fault([...path, 'reword'], changesNothing());
    }
  }
};

const isEarlier = say(
  '{on} comes after {day}; steps stand in the order of days',
  '{on} kommer efter {day}; stegen står i dagarnas ordning',
  'not-in-order',
);
const isOpenedBelow = say(
  'the round "{round}" is opened further down; open it first',
  'uppföljningen "{round}" öppnas längre ner; öppna den först',
  'opened-below',
);
const isWithdrawn = say(
  'the assessment of "{key}" is withdrawn by then',
  'bedömningen i "{key}" är tillbakadragen då',
  'withdrawn',
);
const isNoAssessment = say(
  '"{key}" is not an assessment that stands further up',
  '"{key}" är ingen bedömning som står längre upp',
  'no-assessment',
);
const noStep = say('there is no step "{key}"', 'det finns inget steg "{key}"', 'no-step');
const correctsNothing = say(
  'corrects nothing; give a level, a motivation or both',
  'rättar ingenting; ge en nivå, en motivering eller båda',
  'changes-nothing',
);
const changesNothing = say(
  'changes nothing; give a title, a text or both',
  'ändrar ingenting; ge en titel, en text eller båda',
  'changes-nothing',
);
