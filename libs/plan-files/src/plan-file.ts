import type { Static } from 'typebox';
import type { attestedSchema } from './schema/attested.schema.js';
import type { decisionSchema } from './schema/decision.schema.js';
import type { indicatorSchema } from './schema/indicator.schema.js';
import type { bodySchema, groupSchema } from './schema/organisation.schema.js';
import type { planFileSchema } from './schema/plan-file.schema.js';
import type { itemSchema, planSchema } from './schema/plan.schema.js';
import type { roundSchema } from './schema/round.schema.js';
import type { scaleSchema } from './schema/scale.schema.js';
import type { historySchema, scenarioSchema } from './schema/scenario.schema.js';
import type { successionSchema } from './schema/succession.schema.js';
import type { cell, grounds } from './schema/vocabulary.js';

export type PlanFileContent = Static<typeof planFileSchema>;
export type PlanFileAttested = Static<typeof attestedSchema>;
export type PlanFileBody = Static<typeof bodySchema>;
export type PlanFileGroup = Static<typeof groupSchema>;
export type PlanFileScale = Static<typeof scaleSchema>;
export type PlanFilePlan = Static<typeof planSchema>;
export type PlanFileItem = Static<typeof itemSchema>;
export type PlanFileIndicator = Static<typeof indicatorSchema>;
export type PlanFileSuccession = Static<typeof successionSchema>;
export type PlanFileRound = Static<typeof roundSchema>;
export type PlanFileScenario = Static<typeof scenarioSchema>;
export type PlanFileHistory = Static<typeof historySchema>;
/** What has happened, or is made up to have. */
export type PlanFileCourse = PlanFileHistory | PlanFileScenario;
export type PlanFileStep = PlanFileScenario['steps'][number];
export type PlanFileDecision = Static<ReturnType<typeof decisionSchema>>;
/** Where something comes from, as a file tells it beside it. */
export type PlanFileGrounds = { readonly [Name in keyof typeof grounds]?: Static<(typeof grounds)[Name]> };
/** The text as printed, or a gap with its reason. `readCell` makes a value of it. */
export type Cell = Static<ReturnType<typeof cell>>;

/** Where something stands in a file; line and column are counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A reference to something that this file does not define, for the importer to check against what is registered. */
export interface ExternalReference {
  readonly kind: 'body' | 'group' | 'scale' | 'plan' | 'round' | 'item' | 'indicator';
  readonly key: string;
  /** The plan that an item or an indicator belongs to. */
  readonly plan?: string;
  /** The version of a scale. */
  readonly version?: number;
  /** Such as `items[2].concerned.bodies[0]`. */
  readonly path: string;
  readonly line: number;
}

/** A file that was read and found without fault. */
export type PlanFile = PlanFileContent & {
  readonly externalReferences: readonly ExternalReference[];
  /** Where the value at a path such as `scenario.steps[4].assess` stands, for faults that only an importer can find. */
  readonly locate: (path: string) => Position;
};
