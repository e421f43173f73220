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
  const said = new Map<string, 'standing' | 'takenBack'>();
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
    if (step.takeBack) {
      const { step: key } = step.takeBack;
      const standing = said.get(key);
      const at = [...path, 'takeBack', 'step'];
      if (standing === 'takenBack') findings.fault(at, isTakenBack({ key }));
      else if (!standing && allSteps.has(key)) findings.fault(at, isNotToTakeBack({ key }));
      else if (!standing) findings.fault(at, noStep({ key }));
      said.set(key, 'takenBack');
    }
    if (takenBackAlone.some((action) => step[action])) said.set(step.key, 'standing');
    if (step.withdrawAssessment) assessments.set(step.withdrawAssessment.assess, 'withdrawn');
    if (step.reword && !rewords(step.reword)) findings.fault([...path, 'reword'], changesNothing());
  }
}

/** What one event tells, which is taken back alone. An assessment is withdrawn. */
const takenBackAlone = [
  ...['reword', 'renumber', 'move', 'changeConcerned', 'changeResponsible', 'succeed', 'retain', 'complete'],
  ...['discontinue', 'recordValue', 'redefine', 'setTarget'],
] as (keyof typeof actionSchemas)[];

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
const isTakenBack = say('"{key}" is taken back already', '"{key}" är redan taget tillbaka', 'taken-back');
const isNotToTakeBack = say(
  '"{key}" says nothing further up that could be taken back: an assessment is withdrawn, a correction told anew',
  '"{key}" säger inget längre upp som kan tas tillbaka: en bedömning dras tillbaka, en rättelse anges på nytt',
  'not-to-take-back',
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
