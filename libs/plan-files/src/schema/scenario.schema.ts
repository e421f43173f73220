import Type from 'typebox';
import { attestedSchema } from './attested.schema.js';
import { decisionSchema } from './decision.schema.js';
import { redefinition, target } from './indicator.schema.js';
import { concerned } from './plan.schema.js';
import { roundProperties } from './round.schema.js';
import { printedLabel, successionKind } from './succession.schema.js';
import { cells, closed, date, grounds, key, keys, newInTwo, period, text, saying } from './vocabulary.js';
import { wording } from './wording.js';

const evidence = Type.Union(
  [
    Type.Object({ item: key('An item of the plan') }, { ...closed, description: 'An item that it rests on' }),
    Type.Object({ indicator: key('An indicator of the plan') }, { ...closed, description: 'An indicator it rests on' }),
    Type.Object({ note: text('What it rests on', 2_000) }, { ...closed, description: 'Something else, in words' }),
  ],
  {
    description: 'What an assessment rests on',
    errorMessage: wording('evidence', 'give one of item, indicator and note', 'ge ett av item, indicator och note'),
  },
);

const item = key('An item of the plan');
const reason = saying('Why', 2_000);
const effects = Type.Array(text('One effect'), { description: 'The new expected effects' });

/** What a step can do. The property names are the actions; a step holds exactly one of them. */
export const actionSchemas = {
  openRound: Type.Object(roundProperties, { ...closed, description: 'Opens a round of the plan' }),
  assess: Type.Object(
    {
      round: key('The round that the assessment is made in'),
      item,
      body: key('The body whose judgement it is'),
      level: key('The code of a level on the scale of the plan'),
      motivation: saying('Why the body judges so'),
      evidence: Type.Optional(Type.Array(evidence, { description: 'What the judgement rests on' })),
    },
    { ...closed, description: 'A body assesses an item' },
  ),
  correctAssessment: Type.Object(
    {
      assess: key('The step that made the assessment'),
      level: Type.Optional(key('The level it should have had')),
      motivation: Type.Optional(saying('The motivation it should have had')),
      reason,
    },
    { ...closed, description: 'Corrects an assessment that was wrong' },
  ),
  withdrawAssessment: Type.Object(
    { assess: key('The step that made the assessment'), reason },
    { ...closed, description: 'Withdraws an assessment that should not have been made' },
  ),
  reword: Type.Object(
    {
      item,
      title: Type.Optional(saying('The new wording', 2_000)),
      text: Type.Optional(text('The new description')),
      expectedEffects: Type.Optional(effects),
      documents: Type.Optional(keys('The governing documents from then on', 'A document of the plan')),
      printedLabel,
      reason: Type.Optional(reason),
    },
    { ...closed, ...newInTwo('documents', 'expectedEffects'), description: 'Gives an item a new wording' },
  ),
  renumber: Type.Object(
    { item, number: text('The new number', 60), printedLabel },
    { ...closed, description: 'Gives an item a new number' },
  ),
  move: Type.Object(
    { item, parents: keys('The items that it lies under from then on', 'An item of the plan'), printedLabel },
    { ...closed, description: 'Lets an item lie under others' },
  ),
  changeConcerned: Type.Object(
    { item, concerned: Type.Optional(concerned), reason: Type.Optional(reason) },
    { ...closed, description: 'Changes whom an item concerns; without concerned, it names nobody from then on' },
  ),
  changeResponsible: Type.Object(
    { item, responsible: keys('The responsible bodies from then on', 'A body'), reason: Type.Optional(reason) },
    { ...closed, description: 'Changes who is responsible for an item' },
  ),
  succeed: Type.Object(
    {
      item,
      successor: Type.Object(
        { plan: Type.Optional(key('Its plan, where that is another')), item: key('The newer item') },
        { ...closed, description: 'The item that succeeds it' },
      ),
      kind: successionKind,
      inferred: Type.Optional(Type.Boolean({ description: 'Whether the link is a reading, not stated by a document' })),
      comment: Type.Optional(saying('A remark', 2_000)),
      printedLabel,
    },
    { ...closed, ...newInTwo('printedLabel'), description: 'Links an item to one that succeeds it' },
  ),
  retain: Type.Object(
    { item, comment: Type.Optional(saying('A remark', 2_000)), printedLabel },
    { ...closed, description: 'Keeps an item through a revision' },
  ),
  complete: Type.Object(
    { item, comment: Type.Optional(saying('A remark', 2_000)), printedLabel },
    { ...closed, description: 'Declares an item completed' },
  ),
  discontinue: Type.Object(
    {
      item,
      reason: Type.Enum(['core-work', 'outside-control', 'became-activity', 'merged', 'replaced', 'decided', 'other'], {
        description: 'Why the item ends',
      }),
      comment: saying('The reason in words', 2_000),
      printedLabel,
    },
    { ...closed, description: 'Ends an item before it is completed' },
  ),
  recordValue: Type.Object(
    { indicator: key('An indicator of the plan'), period: period(), ...cells },
    { ...closed, description: 'Records a value', minProperties: 3 },
  ),
  correctValue: Type.Object(
    { indicator: key('An indicator of the plan'), period: period(), ...cells, reason },
    { ...closed, description: 'Corrects a recorded value', minProperties: 4 },
  ),
  redefine: Type.Object(
    { indicator: key('An indicator of the plan'), ...redefinition, reason },
    { ...closed, description: 'Gives an indicator a new version of its definition, whole' },
  ),
  setTarget: Type.Object(
    { indicator: key('An indicator of the plan'), target },
    { ...closed, description: 'Sets what an indicator should reach from then on' },
  ),
  takeBack: Type.Object(
    { step: key('The step that should not have been recorded'), reason },
    { ...closed, description: 'Takes back what an earlier step said of an item or an indicator' },
  ),
  cancelItem: Type.Object(
    { item: key('An item of the plan, on which nothing in the file rests'), reason },
    { ...closed, description: 'Takes back that there is such an item at all' },
  ),
  cancelPlan: Type.Object(
    { reason },
    { ...closed, description: 'Takes back that there is such a plan at all, on which nothing in the file rests' },
  ),
};

const actions = Object.keys(actionSchemas).join(', ');

/** What is wrong with a step that does nothing, or several things. */
export const oneAction = wording(
  'step',
  `a step holds its key, its day, the decision behind it and what attests it where there is one, and exactly one of ${actions}`,
  `ett steg har sin nyckel (key), sin dag (on), beslutet bakom det och vad som styrker det om det finns, och exakt ett av ${actions}`,
);

const step = Type.Object(
  {
    key: key('The identity of the step'),
    on: date('The day it takes effect; steps stand in the order of their days'),
    decision: Type.Optional(decisionSchema('The formal decision behind it')),
    attested: Type.Optional(attestedSchema),
    ...grounds,
    openRound: Type.Optional(actionSchemas.openRound),
    assess: Type.Optional(actionSchemas.assess),
    correctAssessment: Type.Optional(actionSchemas.correctAssessment),
    withdrawAssessment: Type.Optional(actionSchemas.withdrawAssessment),
    reword: Type.Optional(actionSchemas.reword),
    renumber: Type.Optional(actionSchemas.renumber),
    move: Type.Optional(actionSchemas.move),
    changeConcerned: Type.Optional(actionSchemas.changeConcerned),
    changeResponsible: Type.Optional(actionSchemas.changeResponsible),
    succeed: Type.Optional(actionSchemas.succeed),
    retain: Type.Optional(actionSchemas.retain),
    complete: Type.Optional(actionSchemas.complete),
    discontinue: Type.Optional(actionSchemas.discontinue),
    recordValue: Type.Optional(actionSchemas.recordValue),
    correctValue: Type.Optional(actionSchemas.correctValue),
    redefine: Type.Optional(actionSchemas.redefine),
    setTarget: Type.Optional(actionSchemas.setTarget),
    takeBack: Type.Optional(actionSchemas.takeBack),
    cancelItem: Type.Optional(actionSchemas.cancelItem),
    cancelPlan: Type.Optional(actionSchemas.cancelPlan),
  },
  {
    ...closed,
    ...newInTwo(
      'cancelItem',
      'cancelPlan',
      'changeConcerned',
      'changeResponsible',
      'decision',
      'inferred',
      'move',
      'note',
      'redefine',
      'setTarget',
      'succeed',
      'takeBack',
    ),
    description: 'One thing that happens',
    minProperties: 3,
    maxProperties: 7,
    errorMessage: oneAction,
  },
);

export const scenarioSchema = Type.Object(
  {
    key: key('The identity of the scenario'),
    invented: Type.Optional(
      Type.Literal(true, {
        description: 'Says that nothing in the scenario has happened. Left out only where what is told is attested',
      }),
    ),
    attested: Type.Optional(attestedSchema),
    plan: key('The plan that the steps speak of'),
    steps: Type.Array(step, { description: 'What happens, in order', minItems: 1 }),
  },
  { ...closed, description: 'A course of events on a plan: invented, to try the system on, or attested' },
);

/** What has happened, in the words of `scenario`, and nothing of it invented. */
export const historySchema = Type.Object(
  {
    key: key('The identity of the history'),
    invented: Type.Optional(Type.Literal(false, { description: 'Says, for the reader, that all of it has happened' })),
    attested: Type.Optional(attestedSchema),
    plan: key('The plan that the steps speak of'),
    steps: Type.Array(step, { description: 'What happened, in the order of the days', minItems: 1 }),
  },
  {
    ...closed,
    description:
      'What has happened to a plan: each step rests on a decision, is attested, or says what it was read from',
  },
);
