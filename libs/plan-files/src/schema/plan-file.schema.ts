import Type from 'typebox';
import { attestedSchema } from './attested.schema.js';
import { indicatorSchema } from './indicator.schema.js';
import { bodySchema, groupSchema } from './organisation.schema.js';
import { itemSchema, planSchema } from './plan.schema.js';
import { roundSchema } from './round.schema.js';
import { scaleSchema } from './scale.schema.js';
import { historySchema, scenarioSchema } from './scenario.schema.js';
import { answerSchema, successionSchema } from './succession.schema.js';
import { closed, keys, newInTwo } from './vocabulary.js';

/**
 * The plan-file format as JSON Schema. Editors use it while a file is written; `readPlanFile` uses it and then checks
 * what a schema cannot say: references, nesting, dates in order, printed numbers.
 */
export const planFileSchema = Type.Object(
  {
    sparbar: Type.Enum([1, 2], { description: 'The version of the format' }),
    confirm: Type.Optional(
      keys(
        'What looks like a mistake in this file and is meant: the rules by which a load doubted it',
        'A rule, such as `period-has-begun`',
      ),
    ),
    attested: Type.Optional(attestedSchema),
    bodies: Type.Optional(Type.Array(bodySchema, { description: 'The bodies of the organisation' })),
    groups: Type.Optional(Type.Array(groupSchema, { description: 'Groups of bodies' })),
    scales: Type.Optional(Type.Array(scaleSchema, { description: 'Scales for assessments' })),
    plan: Type.Optional(planSchema),
    items: Type.Optional(Type.Array(itemSchema, { description: 'The items of the plan, parents before children' })),
    indicators: Type.Optional(Type.Array(indicatorSchema, { description: 'The indicators of the plan' })),
    successions: Type.Optional(Type.Array(successionSchema, { description: 'Links between older and newer items' })),
    answers: Type.Optional(
      Type.Array(answerSchema, { description: 'Which items answer which of other plans, over the levels of a tenant' }),
    ),
    rounds: Type.Optional(Type.Array(roundSchema, { description: 'Rounds of follow-up' })),
    history: Type.Optional(historySchema),
    scenario: Type.Optional(scenarioSchema),
  },
  {
    ...closed,
    ...newInTwo('answers', 'history'),
    $schema: 'http://json-schema.org/draft-07/schema#',
    $id: 'urn:sparbar:plan-file:2',
    title: 'Spårbar plan file',
    description:
      'Bodies, scales, a plan with its items and indicators, rounds, its history and scenarios: any of them, in one file',
  },
);
