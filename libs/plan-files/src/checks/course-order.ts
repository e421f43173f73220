import { say } from '#kernel';
import { actionSchemas, oneAction } from '../schema/scenario.schema.js';
import { saidOf } from '../schema/wording.js';
import type { PlanFileStep } from '../plan-file.js';
import type { Check, Findings } from './check.js';
import { courseNames } from './sifted-file.js';
import type { CourseName, SiftedFile } from './sifted-file.js';

/** A course of events is carried out from the top down, so that every step rests on what stands above it. */
export const checkCourseOrder: Check = (file, findings) => {
  const opened = new Set(file.declared(['rounds'], 'key'));
  for (const name of courseNames) checkCourse(name, file, opened, findings);
  const [history, scenario] = courseNames.map((name) => file.course(name)?.value.key);
  if (history !== undefined && history === scenario) findings.fault(['scenario', 'key'], isKeyOfHistory({ history }));
};

function checkCourse(name: CourseName, file: SiftedFile, opened: Set<string>, findings: Findings): void {
  const allSteps = file.declared([name, 'steps'], 'key');
  const willOpen = new Set(file.steps.flatMap(({ value: step }) => step.openRound?.key ?? []));
  const assessments = new Map<string, 'standing' | 'withdrawn'>();
  let day = '';
  for (const { value: step, path } of file.stepsOf(name)) {
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
    if (step.reword && !rewords(step.reword)) findings.fault([...path, 'reword'], changesNothing());
  }
}

const rewords = ({ documents, expectedEffects, text, title }: NonNullable<PlanFileStep['reword']>): boolean =>
  [documents, expectedEffects, text, title].some((wording) => wording !== undefined);

const isKeyOfHistory = say(
  '"{history}" is the key of the history already',
  '"{history}" är redan nyckel för historiken (history)',
  'not-unique',
);

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
  'changes nothing; give a title, a text, expectedEffects or documents',
  'ändrar ingenting; ge en titel, en text, expectedEffects eller documents',
  'changes-nothing',
);
